/** Expressions and views of MySQL in PostgreSQL's words, where they certainly mean the same. */
@NullMarked
package dev.landfall.transforms.translate;

import org.jspecify.annotations.NullMarked;

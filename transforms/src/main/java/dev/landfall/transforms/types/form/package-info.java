/** The canonical forms of PostgreSQL's types: bytes that are the same for equal values. */
@NullMarked
package dev.landfall.transforms.types.form;

import org.jspecify.annotations.NullMarked;

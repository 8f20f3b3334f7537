/** What is made in the target, and in which order. */
@NullMarked
package dev.landfall.transforms.ddl;

import org.jspecify.annotations.NullMarked;

/** Reading the texts of values, and arrays to write values into. */
@NullMarked
package dev.landfall.transforms.value;

import org.jspecify.annotations.NullMarked;

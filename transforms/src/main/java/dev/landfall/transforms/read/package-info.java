/** Reading chunks as batches of rows. */
@NullMarked
package dev.landfall.transforms.read;

import org.jspecify.annotations.NullMarked;

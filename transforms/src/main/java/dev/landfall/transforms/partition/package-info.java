/** Key ranges and planning chunks. */
@NullMarked
package dev.landfall.transforms.partition;

import org.jspecify.annotations.NullMarked;

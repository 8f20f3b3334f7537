/** Single keys: reading their rows on both sides, and bringing them up to date. */
@NullMarked
package dev.landfall.transforms.refresh;

import org.jspecify.annotations.NullMarked;

/** Which type a column becomes when nobody says another, and which rules are of use for it. */
@NullMarked
package dev.landfall.transforms.choose;

import org.jspecify.annotations.NullMarked;

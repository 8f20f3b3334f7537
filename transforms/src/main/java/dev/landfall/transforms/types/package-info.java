/** Which type a column of the source becomes, and whether its values fit. */
@NullMarked
package dev.landfall.transforms.types;

import org.jspecify.annotations.NullMarked;

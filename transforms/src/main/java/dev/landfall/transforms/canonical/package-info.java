/** One byte form for each value, whichever side printed it. No Beam in here. */
@NullMarked
package dev.landfall.transforms.canonical;

import org.jspecify.annotations.NullMarked;

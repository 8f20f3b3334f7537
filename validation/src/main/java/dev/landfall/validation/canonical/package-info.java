/** One byte form for each value, whichever side printed it. No Beam in here. */
@NullMarked
package dev.landfall.validation.canonical;

import org.jspecify.annotations.NullMarked;

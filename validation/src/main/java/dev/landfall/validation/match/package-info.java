/** From pieces that disagree down to the rows that differ. */
@NullMarked
package dev.landfall.validation.match;

import org.jspecify.annotations.NullMarked;

/** Loads the rows. */
@NullMarked
package dev.landfall.pipelines.load;

import org.jspecify.annotations.NullMarked;

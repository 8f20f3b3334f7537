/** Refreshes the keys that differ. */
@NullMarked
package dev.landfall.pipelines.repair;

import org.jspecify.annotations.NullMarked;

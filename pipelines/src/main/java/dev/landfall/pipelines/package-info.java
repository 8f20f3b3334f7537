/** A migration, and what a spec makes of one. */
@NullMarked
package dev.landfall.pipelines;

import org.jspecify.annotations.NullMarked;

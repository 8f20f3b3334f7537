/** The pipelines that a spec describes, and the order in which a migration runs them. */
@NullMarked
package dev.landfall.pipelines;

import org.jspecify.annotations.NullMarked;

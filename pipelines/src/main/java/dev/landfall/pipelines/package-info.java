/** The spec, the pipelines that it describes, and the one door to them, {@link Migration}. */
@NullMarked
package dev.landfall.pipelines;

import org.jspecify.annotations.NullMarked;

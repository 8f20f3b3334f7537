/** Compares both sides: rows, counts, schema, the checks of a spec. */
@NullMarked
package dev.landfall.pipelines.verify;

import org.jspecify.annotations.NullMarked;

/** Compares the rows of both sides. */
@NullMarked
package dev.landfall.pipelines.verify;

import org.jspecify.annotations.NullMarked;

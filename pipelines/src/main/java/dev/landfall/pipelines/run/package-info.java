/** Runs: their lock, their jobs, outages, and their end. */
@NullMarked
package dev.landfall.pipelines.run;

import org.jspecify.annotations.NullMarked;

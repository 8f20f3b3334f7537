/**
 * Errands and the tasks among them, and what a task runs in: its lock, its jobs, outages, its end.
 * A further task is a class that is a {@link dev.landfall.pipelines.run.Task}, in the package of
 * what it does.
 */
@NullMarked
package dev.landfall.pipelines.run;

import org.jspecify.annotations.NullMarked;

/**
 * What must be so of a target before a command may begin. A further check is a class that is a
 * {@link dev.landfall.pipelines.preflight.Precondition} and its line in {@link
 * dev.landfall.pipelines.preflight.Preflight}.
 */
@NullMarked
package dev.landfall.pipelines.preflight;

import org.jspecify.annotations.NullMarked;

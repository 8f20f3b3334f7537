/**
 * What must be so: each question is a class that is a {@link dev.landfall.pipelines.check.Check},
 * and a line in {@link dev.landfall.pipelines.check.Checks}.
 */
@NullMarked
package dev.landfall.pipelines.check;

import org.jspecify.annotations.NullMarked;

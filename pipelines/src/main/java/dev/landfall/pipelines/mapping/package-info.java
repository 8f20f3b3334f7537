/**
 * What a spec makes of the source, for people: the sheet that says it of each column, rows of the
 * source as they become, and what is doubtful about it.
 */
@NullMarked
package dev.landfall.pipelines.mapping;

import org.jspecify.annotations.NullMarked;

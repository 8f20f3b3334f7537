/** The spec, the only YAML, and how it becomes a mapping of what the source has. */
@NullMarked
package dev.landfall.pipelines.spec;

import org.jspecify.annotations.NullMarked;

/** The grammar of the spec: what may stand where, as data for its readers and its JSON Schema. */
@NullMarked
package dev.landfall.pipelines.spec.shape;

import org.jspecify.annotations.NullMarked;

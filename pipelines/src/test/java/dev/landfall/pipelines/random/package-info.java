/** Mappings that chance makes, and an oracle of what comes of them that is none of the product. */
@NullMarked
package dev.landfall.pipelines.random;

import org.jspecify.annotations.NullMarked;

/** Definitions: what of them there would be, and making them. */
@NullMarked
package dev.landfall.pipelines.define;

import org.jspecify.annotations.NullMarked;

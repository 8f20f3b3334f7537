@NullMarked
package dev.landfall.pipelines.define;

import org.jspecify.annotations.NullMarked;

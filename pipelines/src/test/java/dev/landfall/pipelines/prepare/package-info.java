@NullMarked
package dev.landfall.pipelines.prepare;

import org.jspecify.annotations.NullMarked;

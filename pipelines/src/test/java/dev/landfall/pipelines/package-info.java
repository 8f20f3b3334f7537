@NullMarked
package dev.landfall.pipelines;

import org.jspecify.annotations.NullMarked;

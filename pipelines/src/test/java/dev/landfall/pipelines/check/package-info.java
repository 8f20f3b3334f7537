@NullMarked
package dev.landfall.pipelines.check;

import org.jspecify.annotations.NullMarked;

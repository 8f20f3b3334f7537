@NullMarked
package dev.landfall.pipelines.repair;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.landfall.pipelines.proof;

import org.jspecify.annotations.NullMarked;

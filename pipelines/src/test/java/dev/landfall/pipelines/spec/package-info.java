@NullMarked
package dev.landfall.pipelines.spec;

import org.jspecify.annotations.NullMarked;

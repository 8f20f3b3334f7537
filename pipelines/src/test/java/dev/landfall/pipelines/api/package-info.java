@NullMarked
package dev.landfall.pipelines.api;

import org.jspecify.annotations.NullMarked;

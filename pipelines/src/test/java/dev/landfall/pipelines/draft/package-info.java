@NullMarked
package dev.landfall.pipelines.draft;

import org.jspecify.annotations.NullMarked;

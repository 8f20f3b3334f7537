@NullMarked
package dev.landfall.pipelines.run;

import org.jspecify.annotations.NullMarked;

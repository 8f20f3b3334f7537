@NullMarked
package dev.landfall.runners.direct;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.landfall.transforms.refresh;

import org.jspecify.annotations.NullMarked;

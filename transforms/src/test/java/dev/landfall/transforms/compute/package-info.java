@NullMarked
package dev.landfall.transforms.compute;

import org.jspecify.annotations.NullMarked;

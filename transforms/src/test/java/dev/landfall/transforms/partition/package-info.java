@NullMarked
package dev.landfall.transforms.partition;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.landfall.transforms.read;

import org.jspecify.annotations.NullMarked;

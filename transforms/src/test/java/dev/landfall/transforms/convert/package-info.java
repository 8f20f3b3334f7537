@NullMarked
package dev.landfall.transforms.convert;

import org.jspecify.annotations.NullMarked;

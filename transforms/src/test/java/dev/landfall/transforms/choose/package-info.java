@NullMarked
package dev.landfall.transforms.choose;

import org.jspecify.annotations.NullMarked;

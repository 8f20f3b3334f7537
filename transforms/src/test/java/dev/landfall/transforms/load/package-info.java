@NullMarked
package dev.landfall.transforms.load;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.landfall.transforms.types;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.landfall.transforms.translate;

import org.jspecify.annotations.NullMarked;

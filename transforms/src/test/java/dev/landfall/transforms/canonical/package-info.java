@NullMarked
package dev.landfall.transforms.canonical;

import org.jspecify.annotations.NullMarked;

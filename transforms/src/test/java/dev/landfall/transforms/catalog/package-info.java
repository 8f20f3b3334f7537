@NullMarked
package dev.landfall.transforms.catalog;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.landfall.transforms.schema;

import org.jspecify.annotations.NullMarked;

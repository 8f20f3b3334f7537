@NullMarked
package dev.landfall.transforms.ddl;

import org.jspecify.annotations.NullMarked;

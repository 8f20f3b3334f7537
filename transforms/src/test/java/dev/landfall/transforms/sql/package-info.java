@NullMarked
package dev.landfall.transforms.sql;

import org.jspecify.annotations.NullMarked;

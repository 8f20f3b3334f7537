@NullMarked
package dev.landfall.transforms.jdbc;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.landfall.transforms.expr;

import org.jspecify.annotations.NullMarked;

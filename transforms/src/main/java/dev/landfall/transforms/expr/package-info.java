/** Expressions over the columns of a row: read, checked, evaluated. */
@NullMarked
package dev.landfall.transforms.expr;

import org.jspecify.annotations.NullMarked;

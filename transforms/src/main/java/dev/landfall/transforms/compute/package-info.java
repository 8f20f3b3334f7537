/**
 * What makes values out of values: formulas, which make one of a row's inputs, and operators, one
 * after another on what a formula made. Texts in, texts out, all in PostgreSQL's text form.
 */
@NullMarked
package dev.landfall.transforms.compute;

import org.jspecify.annotations.NullMarked;

package dev.landfall.transforms.expr;

import org.jspecify.annotations.Nullable;

/** A part of a checked expression, ready to be evaluated. */
@FunctionalInterface
interface Node {
  /** Its value for a row, null for NULL; of the class that its {@link Type} says. */
  @Nullable Object of(Row row) throws EvaluationException;
}

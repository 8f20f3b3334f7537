package dev.landfall.transforms.expr;

import java.math.BigDecimal;
import java.util.List;

/**
 * A condition in so few words that a database can judge it: true, false or NULL, and never without
 * an outcome. NULL in a comparison gives NULL; texts are compared by their characters' numbers.
 */
public sealed interface Simple {
  /** How two values are compared. */
  enum Comparison {
    EQUAL,
    UNEQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL
  }

  /**
   * A column compared with a value.
   *
   * @param value {@link Long}, {@link BigDecimal} or {@link String}
   */
  record Compared(String column, Comparison how, Object value) implements Simple {}

  /**
   * A column that is one of some values.
   *
   * @param values each {@link Long}, {@link BigDecimal} or {@link String}; at least one
   */
  record OneOf(String column, List<Object> values) implements Simple {
    public OneOf {
      values = List.copyOf(values);
    }
  }

  /** A text that starts with another one. */
  record StartsWith(String column, String start) implements Simple {}

  /** A column that is NULL. */
  record IsNull(String column) implements Simple {}

  /** NULL stays NULL. */
  record Not(Simple condition) implements Simple {}

  /** False when one is, else NULL when one is. */
  record And(Simple left, Simple right) implements Simple {}

  /** True when one is, else NULL when one is. */
  record Or(Simple left, Simple right) implements Simple {}
}

package dev.landfall.transforms.expr;

import org.jspecify.annotations.Nullable;

/**
 * A part of an expression whose type is known.
 *
 * @param offset where it is in the text, in UTF-16 units
 * @param constant whether it is the same for all rows
 * @param value of a constant
 * @param column the name, when it is nothing but a column
 * @param simple the same as a condition that others can judge; null where it is none
 */
record Term(
    Type type,
    boolean nullable,
    Node node,
    int offset,
    boolean constant,
    @Nullable Object value,
    @Nullable String column,
    @Nullable Simple simple) {
  static Term constant(Type type, @Nullable Object value, int offset) {
    return new Term(type, value == null, row -> value, offset, true, value, null, null);
  }

  static Term column(String name, Type type, boolean nullable, Node node, int offset) {
    return new Term(type, nullable, node, offset, false, null, name, null);
  }

  static Term of(Type type, boolean nullable, Node node, int offset) {
    return new Term(type, nullable, node, offset, false, null, null, null);
  }

  Term with(@Nullable Simple condition) {
    return new Term(type, nullable, node, offset, constant, value, column, condition);
  }

  /** The same, made of others: worked out now when they are the same for all rows. */
  Term folded(boolean constants) throws EvaluationException {
    return constants ? constant(type, node.of(new Row(0)), offset) : this;
  }
}

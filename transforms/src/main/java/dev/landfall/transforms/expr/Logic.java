package dev.landfall.transforms.expr;

import static dev.landfall.transforms.expr.Type.BOOL;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** And, or, not, choices, and all that has an answer for NULL. */
final class Logic {
  private Logic() {}

  /** False when one is, even when the other has no value; else NULL when one is. */
  static Term and(Term left, Term right, int offset) {
    return joined(left, right, offset, /* decisive= */ false)
        .with(
            left.simple() == null || right.simple() == null
                ? null
                : new Simple.And(left.simple(), right.simple()));
  }

  /** True when one is, even when the other has no value; else NULL when one is. */
  static Term or(Term left, Term right, int offset) {
    return joined(left, right, offset, /* decisive= */ true)
        .with(
            left.simple() == null || right.simple() == null
                ? null
                : new Simple.Or(left.simple(), right.simple()));
  }

  private static Term joined(Term left, Term right, int offset, boolean decisive) {
    return Term.of(
        BOOL,
        left.nullable() || right.nullable(),
        joined(left.node(), right.node(), decisive),
        offset);
  }

  /** As CEL has it, the order doesn't count. */
  static Node joined(Node left, Node right, Boolean decisive) {
    return row -> {
      Object one = null;
      EvaluationException failure = null;
      try {
        one = left.of(row);
      } catch (EvaluationException e) {
        failure = e;
      }
      if (decisive.equals(one)) {
        return decisive;
      }
      Object other = right.of(row);
      if (decisive.equals(other)) {
        return decisive;
      }
      if (failure != null) {
        throw failure;
      }
      return (one == null || other == null) ? null : !decisive;
    };
  }

  static Term not(Term term, int offset) {
    Node node = term.node();
    return Term.of(
            BOOL,
            term.nullable(),
            row -> {
              Object value = node.of(row);
              return value == null ? null : !(Boolean) value;
            },
            offset)
        .with(term.simple() == null ? null : new Simple.Not(term.simple()));
  }

  /** NULL when the condition is. */
  static Term choice(Term condition, Term yes, Term no, int offset) {
    Node test = condition.node();
    Node one = yes.node();
    Node other = no.node();
    return Term.of(
        yes.type(),
        condition.nullable() || yes.nullable() || no.nullable(),
        row -> {
          Object decision = test.of(row);
          return decision == null ? null : (Boolean) decision ? one.of(row) : other.of(row);
        },
        offset);
  }

  static Term isNull(Term term, int offset) {
    Node node = term.node();
    return Term.of(BOOL, false, row -> node.of(row) == null, offset)
        .with(term.column() == null ? null : new Simple.IsNull(term.column()));
  }

  /** The first that is not NULL. */
  static Term coalesce(List<Term> terms, int offset) {
    Node[] nodes = terms.stream().map(Term::node).toArray(Node[]::new);
    return Term.of(
        terms.get(0).type(),
        terms.stream().allMatch(Term::nullable),
        row -> first(nodes, row),
        offset);
  }

  private static @Nullable Object first(Node[] nodes, Row row) throws EvaluationException {
    for (Node node : nodes) {
      Object value = node.of(row);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  /** NULL in place of a certain value. */
  static Term nullIf(Term term, Term equal, int offset) {
    Node node = term.node();
    Node same = equal.node();
    return Term.of(
        term.type(), true, row -> Boolean.TRUE.equals(same.of(row)) ? null : node.of(row), offset);
  }
}

package dev.landfall.transforms.expr;

import static dev.landfall.transforms.expr.Type.BOOL;
import static dev.landfall.transforms.expr.Type.INT;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists, and loops over them. */
final class Lists {
  private Lists() {}

  static Term list(Type element, List<Term> terms, int offset) {
    Node[] nodes = terms.stream().map(Term::node).toArray(Node[]::new);
    return Term.of(
        Type.list(element),
        false,
        row -> {
          List<@Nullable Object> values = new ArrayList<>(nodes.length);
          for (Node node : nodes) {
            values.add(row.kept(node.of(row)));
          }
          return Collections.unmodifiableList(values);
        },
        offset);
  }

  /** From 0, as CEL counts. */
  static Term at(Term list, Type element, Term index, int offset) {
    Node values = list.node();
    Node number = index.node();
    return Term.of(
        element,
        true,
        row -> {
          Object all = values.of(row);
          Object at = number.of(row);
          if (all == null || at == null) {
            return null;
          }
          List<?> elements = (List<?>) all;
          long i = (Long) at;
          if (i < 0 || i >= elements.size()) {
            throw new EvaluationException(
                "no element " + i + " in a list of " + elements.size() + " (the first is 0)");
          }
          return elements.get((int) i);
        },
        offset);
  }

  static Term size(Term list, int offset) {
    Node values = list.node();
    return Term.of(
        INT,
        list.nullable(),
        row -> {
          Object all = values.of(row);
          return all == null ? null : (long) ((List<?>) all).size();
        },
        offset);
  }

  /** As SQL has it: NULL when it is not found, but NULL is among the elements. */
  static Term in(Term value, Term list, int offset) {
    Node one = value.node();
    Node values = list.node();
    List<?> constants = list.constant() ? (List<?>) list.value() : null;
    Set<Object> known = constants == null ? null : keys(constants);
    boolean hasNull = constants != null && hasNull(constants);
    return Term.of(
            BOOL,
            value.nullable() || (known == null || hasNull),
            row -> {
              Object sought = one.of(row);
              if (known != null) {
                return sought == null
                    ? null
                    : known.contains(key(sought)) ? Boolean.TRUE : hasNull ? null : Boolean.FALSE;
              }
              Object all = values.of(row);
              if (sought == null || all == null) {
                return null;
              }
              List<?> elements = (List<?>) all;
              return keys(elements).contains(key(sought))
                  ? Boolean.TRUE
                  : hasNull(elements) ? null : Boolean.FALSE;
            },
            offset)
        .with(known == null || hasNull ? null : oneOf(value, constants));
  }

  private static @Nullable Simple oneOf(Term column, @Nullable List<?> values) {
    boolean judged =
        column.column() != null
            && values != null
            && !values.isEmpty()
            && values.stream()
                .allMatch(v -> v instanceof Long || v instanceof BigDecimal || v instanceof String);
    return judged && column.column() != null && values != null
        ? new Simple.OneOf(column.column(), List.copyOf(values))
        : null;
  }

  private static boolean hasNull(List<?> elements) {
    return elements.stream().anyMatch(Objects::isNull);
  }

  private static Set<Object> keys(List<?> elements) {
    Set<Object> keys = new HashSet<>();
    for (Object element : elements) {
      if (element != null) {
        keys.add(key(element));
      }
    }
    return keys;
  }

  /** Decimals are equal whatever their scales. */
  private static Object key(Object value) {
    return value instanceof BigDecimal number ? number.stripTrailingZeros() : value;
  }

  /** Whether all elements are so, or any is ({@code decisive} true). */
  static Term any(Term list, int loop, Term condition, boolean decisive, int offset) {
    Node values = list.node();
    Node test = condition.node();
    return Term.of(
        BOOL,
        list.nullable() || condition.nullable(),
        row -> {
          Object all = values.of(row);
          if (all == null) {
            return null;
          }
          boolean unknown = false;
          EvaluationException failure = null;
          for (Object element : (List<?>) all) {
            row.next(loop, element);
            try {
              Object value = test.of(row);
              if (value == null) {
                unknown = true;
              } else if ((Boolean) value == decisive) {
                return decisive;
              }
            } catch (EvaluationException e) {
              failure = e;
            }
          }
          if (failure != null) {
            throw failure;
          }
          return unknown ? null : (Boolean) !decisive;
        },
        offset);
  }

  /** Whether exactly one element is so; NULL counts as no. */
  static Term one(Term list, int loop, Term condition, int offset) {
    Node values = list.node();
    Node test = condition.node();
    return Term.of(
        BOOL,
        list.nullable(),
        row -> {
          Object all = values.of(row);
          if (all == null) {
            return null;
          }
          int count = 0;
          for (Object element : (List<?>) all) {
            row.next(loop, element);
            count += Boolean.TRUE.equals(test.of(row)) ? 1 : 0;
          }
          return count == 1;
        },
        offset);
  }

  /** What is made of the elements that are so. */
  static Term map(Term list, int loop, @Nullable Term condition, Term made, int offset) {
    Node values = list.node();
    Node test = condition == null ? null : condition.node();
    Node each = made.node();
    return Term.of(
        Type.list(made.type()),
        list.nullable(),
        row -> {
          Object all = values.of(row);
          if (all == null) {
            return null;
          }
          List<@Nullable Object> result = new ArrayList<>();
          for (Object element : (List<?>) all) {
            row.next(loop, element);
            if (test == null || Boolean.TRUE.equals(test.of(row))) {
              result.add(row.kept(each.of(row)));
            }
          }
          return Collections.unmodifiableList(result);
        },
        offset);
  }
}

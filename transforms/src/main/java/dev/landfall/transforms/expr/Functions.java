package dev.landfall.transforms.expr;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All functions and operators that take arguments of certain types, and how one is chosen. */
final class Functions {
  private static final Map<String, List<Overload>> BY_NAME =
      Stream.of(
              NumberFunctions.ALL,
              Comparisons.ALL,
              TextFunctions.ALL,
              TimeFunctions.ALL,
              JsonFunctions.ALL)
          .flatMap(List::stream)
          .collect(Collectors.groupingBy(Overload::name));

  /** Higher than all conversions of one call together. */
  private static final int NEVER = 1000;

  private Functions() {}

  /** All of a name; none when there is no such function. */
  static List<Overload> named(String name) {
    return BY_NAME.getOrDefault(name, List.of());
  }

  static Stream<Overload> all() {
    return BY_NAME.values().stream().flatMap(List::stream);
  }

  /** The names that a person writes, operators left out. */
  static Stream<String> names() {
    return BY_NAME.keySet().stream().filter(name -> !name.contains("_")).sorted();
  }

  /** The function whose arguments need the least conversion; null when none takes them. */
  static @Nullable Overload choose(String name, List<Term> arguments) {
    Overload best = null;
    int least = NEVER;
    for (Overload overload : named(name)) {
      int cost = cost(overload.takes(), arguments);
      if (cost < least) {
        best = overload;
        least = cost;
      }
    }
    return best;
  }

  private static int cost(List<Type> takes, List<Term> arguments) {
    if (takes.size() != arguments.size()) {
      return NEVER;
    }
    int cost = 0;
    for (int i = 0; i < takes.size(); i++) {
      cost += cost(arguments.get(i), takes.get(i));
    }
    return cost;
  }

  /** The type that all can be made to with the least conversion; null when there is none. */
  static @Nullable Type common(List<Term> terms) {
    Type best = null;
    int least = NEVER;
    for (Term candidate : terms) {
      int cost = terms.stream().mapToInt(term -> cost(term, candidate.type())).sum();
      if (cost < least && !candidate.type().equals(Type.NULL)) {
        best = candidate.type();
        least = cost;
      }
    }
    return best;
  }

  /** Whether it can be made to that type. */
  static boolean fits(Term term, Type to) {
    return cost(term, to) < NEVER;
  }

  /** How far a term is from a type. */
  private static int cost(Term term, Type to) {
    Type from = term.type();
    if (from.equals(to)
        || from.equals(Type.NULL)
        || (from.element() != null && from.element().equals(Type.NULL) && to.element() != null)) {
      return 0;
    }
    return switch (to.kind()) {
      case DECIMAL -> from.equals(Type.INT) ? 1 : NEVER;
      case DOUBLE ->
          from.equals(Type.INT) ? 2 : from.equals(Type.DECIMAL) && term.constant() ? 1 : NEVER;
      case DATE, INSTANT -> from.equals(Type.STRING) && term.constant() ? 3 : NEVER;
      case TIMESTAMP ->
          from.equals(Type.DATE) ? 1 : from.equals(Type.STRING) && term.constant() ? 4 : NEVER;
      case BOOL, INT, STRING, BYTES, LIST, NULL -> NEVER;
    };
  }

  /**
   * The terms as values of those types, to which they can be made.
   *
   * @throws EvaluationException when a constant can't be
   */
  static List<Term> converted(List<Term> terms, List<Type> to) throws EvaluationException {
    List<Term> converted = new ArrayList<>(terms.size());
    for (int i = 0; i < terms.size(); i++) {
      converted.add(converted(terms.get(i), to.get(i)));
    }
    return converted;
  }

  static Term converted(Term term, Type to) throws EvaluationException {
    if (term.type().equals(to)) {
      return term;
    }
    if (term.value() instanceof String text) {
      return Term.constant(to, Values.read(to, text), term.offset());
    }
    if (term.constant() && (term.value() == null || to.element() != null)) {
      return Term.constant(to, term.value(), term.offset());
    }
    Node node = term.node();
    return Term.of(
            to,
            term.nullable(),
            row -> {
              Object value = node.of(row);
              return value == null ? null : converted(value, to);
            },
            term.offset())
        .folded(term.constant());
  }

  private static Object converted(Object value, Type to) {
    if (to.equals(Type.DECIMAL)) {
      return BigDecimal.valueOf((Long) value);
    }
    if (to.equals(Type.DOUBLE)) {
      return ((Number) value).doubleValue();
    }
    // Of a list that is empty the elements may be anything.
    return to.element() == null ? ((LocalDate) value).atStartOfDay() : value;
  }
}

package dev.landfall.transforms.expr;

import static dev.landfall.transforms.expr.Type.BOOL;
import static dev.landfall.transforms.expr.Type.BYTES;
import static dev.landfall.transforms.expr.Type.DATE;
import static dev.landfall.transforms.expr.Type.DECIMAL;
import static dev.landfall.transforms.expr.Type.DOUBLE;
import static dev.landfall.transforms.expr.Type.INSTANT;
import static dev.landfall.transforms.expr.Type.INT;
import static dev.landfall.transforms.expr.Type.STRING;
import static dev.landfall.transforms.expr.Type.TIMESTAMP;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Comparisons of values of one type. */
final class Comparisons {
  static final List<Overload> ALL =
      Stream.of(
              ordered(INT, (Comparator<Long>) Long::compare),
              ordered(DECIMAL, (Comparator<BigDecimal>) BigDecimal::compareTo),
              ordered(DATE, (Comparator<LocalDate>) LocalDate::compareTo),
              ordered(TIMESTAMP, (Comparator<LocalDateTime>) LocalDateTime::compareTo),
              ordered(INSTANT, (Comparator<LocalDateTime>) LocalDateTime::compareTo),
              less(STRING, (Comparator<String>) Comparisons::compare),
              equal(STRING, String::equals),
              equal(BOOL, Boolean::equals),
              equal(BYTES, (Overload.Two<byte[], byte[], Boolean>) Arrays::equals),
              doubles())
          .flatMap(List::stream)
          .toList();

  /** The operators in the words of {@link Simple}. */
  static final Map<String, Simple.Comparison> SIMPLE =
      Map.of(
          "_==_", Simple.Comparison.EQUAL,
          "_!=_", Simple.Comparison.UNEQUAL,
          "_<_", Simple.Comparison.LESS,
          "_<=_", Simple.Comparison.LESS_OR_EQUAL,
          "_>_", Simple.Comparison.GREATER,
          "_>=_", Simple.Comparison.GREATER_OR_EQUAL);

  private Comparisons() {}

  private static <T> List<Overload> ordered(Type type, Comparator<T> order) {
    return Stream.of(less(type, order), equal(type, (T a, T b) -> order.compare(a, b) == 0))
        .flatMap(List::stream)
        .toList();
  }

  private static <T> List<Overload> less(Type type, Comparator<T> order) {
    return List.of(
        Overload.of("_<_", type, type, BOOL, (T a, T b) -> order.compare(a, b) < 0),
        Overload.of("_<=_", type, type, BOOL, (T a, T b) -> order.compare(a, b) <= 0),
        Overload.of("_>_", type, type, BOOL, (T a, T b) -> order.compare(a, b) > 0),
        Overload.of("_>=_", type, type, BOOL, (T a, T b) -> order.compare(a, b) >= 0));
  }

  private static <T> List<Overload> equal(Type type, Overload.Two<T, T, Boolean> same) {
    return List.of(
        Overload.of("_==_", type, type, BOOL, same),
        Overload.of("_!=_", type, type, BOOL, (T a, T b) -> !Boolean.TRUE.equals(same.of(a, b))));
  }

  /** NaN is unequal to all, and neither less nor greater. */
  private static List<Overload> doubles() {
    return List.of(
        Overload.of("_<_", DOUBLE, DOUBLE, BOOL, (Double a, Double b) -> a < b),
        Overload.of("_<=_", DOUBLE, DOUBLE, BOOL, (Double a, Double b) -> a <= b),
        Overload.of("_>_", DOUBLE, DOUBLE, BOOL, (Double a, Double b) -> a > b),
        Overload.of("_>=_", DOUBLE, DOUBLE, BOOL, (Double a, Double b) -> a >= b),
        Overload.of("_==_", DOUBLE, DOUBLE, BOOL, (Double a, Double b) -> a.doubleValue() == b),
        Overload.of("_!=_", DOUBLE, DOUBLE, BOOL, (Double a, Double b) -> a.doubleValue() != b));
  }

  /** By the characters' numbers, as UTF-8 is ordered. */
  private static int compare(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    for (int i = 0; i < shorter; i++) {
      char one = a.charAt(i);
      char other = b.charAt(i);
      if (one != other) {
        boolean surrogate = Character.isSurrogate(one);
        return surrogate == Character.isSurrogate(other)
            ? Character.compare(one, other)
            : surrogate ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /** A comparison in the words of {@link Simple}; null where it has none. */
  static @Nullable Simple simple(String operator, Term left, Term right) {
    Simple.Comparison how = SIMPLE.get(operator);
    if (how == null) {
      return null;
    }
    return left.column() != null
        ? simple(left, how, right)
        : right.column() != null ? simple(right, mirrored(how), left) : null;
  }

  private static @Nullable Simple simple(Term column, Simple.Comparison how, Term value) {
    return column.column() == null
            || value.value() == null
            || !(value.type().equals(column.type()) || isExact(column.type(), value.type()))
            || !(column.type().equals(STRING) || isExact(column.type(), value.type()))
        ? null
        : new Simple.Compared(column.column(), how, value.value());
  }

  private static boolean isExact(Type a, Type b) {
    return (a.equals(INT) || a.equals(DECIMAL)) && (b.equals(INT) || b.equals(DECIMAL));
  }

  private static Simple.Comparison mirrored(Simple.Comparison how) {
    return switch (how) {
      case EQUAL, UNEQUAL -> how;
      case LESS -> Simple.Comparison.GREATER;
      case LESS_OR_EQUAL -> Simple.Comparison.GREATER_OR_EQUAL;
      case GREATER -> Simple.Comparison.LESS;
      case GREATER_OR_EQUAL -> Simple.Comparison.LESS_OR_EQUAL;
    };
  }
}

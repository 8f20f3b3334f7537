package dev.landfall.transforms.sql;

import dev.landfall.transforms.expr.Expression;
import dev.landfall.transforms.expr.Simple;
import dev.landfall.transforms.expr.Variable;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.types.MySqlDecimal;
import dev.landfall.transforms.types.MySqlInteger;
import dev.landfall.transforms.types.MySqlType;
import dev.landfall.transforms.types.PgInteger;
import dev.landfall.transforms.types.PgNumeric;
import dev.landfall.transforms.types.PgText;
import dev.landfall.transforms.types.PgType;
import dev.landfall.transforms.types.SourceCharset;
import dev.landfall.transforms.types.SourceText;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The source's words for a condition, where it certainly judges every row alike: true, false or
 * NULL. A row that has no outcome, and so becomes a reject, must not be left out by the source;
 * therefore only comparisons of integers, decimals and texts are translated, of columns in which no
 * value is odd. Dates are not: a zero date is less than all others to the source.
 */
public final class ExpressionSql {
  /** What a decimal literal has at most (MySQL manual 12.25.2); beyond, it is a double. */
  private static final int MAX_DIGITS = 65;

  private static final int MAX_SCALE = 30;

  private static final Set<String> TEXTS =
      Set.of("char", "varchar", "tinytext", "text", "mediumtext", "longtext");

  /** Stands for bytes that are no text once they are read as one. */
  private static final String NO_TEXT = "\uFFFD";

  private final Map<String, Column> columns = new HashMap<>();
  private final List<Object> parameters = new ArrayList<>();

  private ExpressionSql() {}

  /**
   * A column of the source.
   *
   * @param sql its name as a statement has it, quoted
   */
  public record Column(String sql, SourceColumn declared) {}

  /**
   * The condition that an expression is true; empty where that is not certain.
   *
   * @param columns by the names of the expression's variables; empty for one whose values a rule
   *     may change or refuse
   */
  public static Optional<BoundQuery> condition(
      Expression expression, Function<String, Optional<Column>> columns) {
    Optional<Simple> simple = expression.simple();
    if (simple.isEmpty()) {
      return Optional.empty();
    }
    ExpressionSql sql = new ExpressionSql();
    for (Variable variable : expression.variables()) {
      Optional<Column> column = columns.apply(variable.name());
      if (column.isEmpty() || !isPlain(column.get().declared(), variable.type())) {
        return Optional.empty();
      }
      sql.columns.put(variable.name(), column.get());
    }
    return sql.of(simple.get()).map(text -> new BoundQuery(text, sql.parameters));
  }

  /** Whether each value of the column is one of the type, and no other one. */
  private static boolean isPlain(SourceColumn source, PgType type) {
    MySqlType declared = source.type();
    if (declared.fit(type).conversion().isEmpty()) {
      return false;
    }
    if (declared instanceof MySqlInteger whole) {
      // An unsigned integer is taken for a signed one of its width, which not all values are.
      return type instanceof PgNumeric
          || (type instanceof PgInteger room
              && room.bits() >= whole.bits() + (source.unsigned() ? 1 : 0));
    }
    if (declared instanceof MySqlDecimal) {
      return type instanceof PgNumeric;
    }
    return isText(source) && type instanceof PgText;
  }

  private static boolean isText(SourceColumn source) {
    return TEXTS.contains(source.dataType())
        && source.characterSet() != null
        && !SourceCharset.of(source.characterSet()).marks();
  }

  private Optional<String> of(Simple simple) {
    if (simple instanceof Simple.And and) {
      return joined(and.left(), " AND ", and.right());
    }
    if (simple instanceof Simple.Or or) {
      return joined(or.left(), " OR ", or.right());
    }
    if (simple instanceof Simple.Not not) {
      return of(not.condition()).map(text -> "NOT " + text);
    }
    if (simple instanceof Simple.IsNull test) {
      return Optional.of("(" + column(test.column()).sql() + " IS NULL)");
    }
    if (simple instanceof Simple.Compared compared) {
      return compared(compared);
    }
    if (simple instanceof Simple.OneOf one) {
      return oneOf(one);
    }
    return startsWith((Simple.StartsWith) simple);
  }

  private Optional<String> joined(Simple left, String with, Simple right) {
    Optional<String> one = of(left);
    return one.isEmpty()
        ? Optional.empty()
        : of(right).map(other -> "(" + one.get() + with + other + ")");
  }

  private Optional<String> compared(Simple.Compared compared) {
    Column column = column(compared.column());
    boolean ordered =
        compared.how() != Simple.Comparison.EQUAL && compared.how() != Simple.Comparison.UNEQUAL;
    // Of bytes that are no text nobody knows the place.
    if (!isComparable(column, compared.value()) || (ordered && isText(column.declared()))) {
      return Optional.empty();
    }
    return Optional.of(
        "("
            + value(column)
            + switch (compared.how()) {
              case EQUAL -> " = ";
              case UNEQUAL -> " <> ";
              case LESS -> " < ";
              case LESS_OR_EQUAL -> " <= ";
              case GREATER -> " > ";
              case GREATER_OR_EQUAL -> " >= ";
            }
            + bound(compared.value())
            + ")");
  }

  private Optional<String> oneOf(Simple.OneOf one) {
    Column column = column(one.column());
    if (!one.values().stream().allMatch(value -> isComparable(column, value))) {
      return Optional.empty();
    }
    return Optional.of(
        one.values().stream()
            .map(this::bound)
            .collect(Collectors.joining(", ", "(" + value(column) + " IN (", "))")));
  }

  private Optional<String> startsWith(Simple.StartsWith test) {
    Column column = column(test.column());
    if (!isComparable(column, test.start())) {
      return Optional.empty();
    }
    int length = test.start().getBytes(StandardCharsets.UTF_8).length;
    return Optional.of(
        "(LEFT(" + value(column) + ", " + length + ") = " + bound(test.start()) + ")");
  }

  private Column column(String name) {
    Column column = columns.get(name);
    if (column == null) {
      throw new IllegalArgumentException(name + " is no variable of the expression");
    }
    return column;
  }

  private static boolean isComparable(Column column, Object value) {
    if (value instanceof String text) {
      return isText(column.declared()) && !text.contains(NO_TEXT);
    }
    return !isText(column.declared()) && (value instanceof Long || isExact((BigDecimal) value));
  }

  private static boolean isExact(BigDecimal value) {
    return value.scale() >= 0
        && value.scale() <= MAX_SCALE
        && value.precision() - value.scale() <= MAX_DIGITS - MAX_SCALE;
  }

  /** Texts as bytes: a collation takes other texts for the same. */
  private static String value(Column column) {
    SourceColumn declared = column.declared();
    return isText(declared)
        ? SourceText.converted(column.sql(), declared.characterSet())
        : column.sql();
  }

  private String bound(Object value) {
    parameters.add(value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : value);
    return "?";
  }
}

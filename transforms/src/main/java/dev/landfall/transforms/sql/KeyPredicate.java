package dev.landfall.transforms.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The condition that a key lies in a half-open range, in the tuple order of its columns, written so
 * that MySQL's range optimizer and PostgreSQL both walk the index (row constructors are not used
 * for ranges by MySQL: manual 8.2.1.22).
 */
final class KeyPredicate {
  private final List<String> conditions = new ArrayList<>();
  private final List<Object> parameters = new ArrayList<>();
  private final List<String> columns;
  private final List<Function<String, Object>> binders;

  KeyPredicate(List<String> quotedColumns, List<Function<String, Object>> binders) {
    this.columns = quotedColumns;
    this.binders = binders;
  }

  /** Restricts to keys at or above the bound; null does not restrict. */
  KeyPredicate from(@Nullable List<String> start) {
    return bound(start, ">", ">=");
  }

  /** Restricts to keys above the bound; null does not restrict. */
  KeyPredicate after(@Nullable List<String> bound) {
    return bound(bound, ">", ">");
  }

  /** Restricts to keys below the bound; null does not restrict. */
  KeyPredicate before(@Nullable List<String> end) {
    return bound(end, "<", "<");
  }

  /** {@code WHERE …} with a leading blank, or nothing. */
  String where() {
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  /** The condition as a value; 1 when there is none. */
  String expression() {
    return conditions.isEmpty() ? "1" : "(" + String.join(" AND ", conditions) + ")";
  }

  List<Object> parameters() {
    return parameters;
  }

  private KeyPredicate bound(@Nullable List<String> bound, String strict, String last) {
    if (bound == null) {
      return this;
    }
    StringBuilder condition = new StringBuilder();
    int width = bound.size();
    for (int i = 0; i < width - 1; i++) {
      String column = columns.get(i);
      condition.append('(').append(column).append(' ').append(strict).append(" ? OR (");
      condition.append(column).append(" = ? AND ");
      parameters.add(binders.get(i).apply(bound.get(i)));
      parameters.add(binders.get(i).apply(bound.get(i)));
    }
    condition.append(columns.get(width - 1)).append(' ').append(last).append(" ?");
    parameters.add(binders.get(width - 1).apply(bound.get(width - 1)));
    condition.append("))".repeat(width - 1));
    conditions.add(condition.toString());
    return this;
  }
}

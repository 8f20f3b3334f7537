package dev.landfall.validation.result;

import dev.landfall.transforms.model.TableName;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key that is not the same on both sides.
 *
 * @param table the source table; the first of those that write the target table
 * @param targetTable the target table
 * @param key the target's key columns in order and their texts, null for NULL: the source's
 *     converted texts unless the row is extra; the whole row of a table without a key
 * @param kind what is wrong
 * @param columns the target columns whose values differ, in the table's order; empty unless changed
 * @param copies how many such rows there are; more than 1 only without a key
 * @param values what the sides have in the columns, by their names in order: of those that differ,
 *     or of all of a row that one side lacks; empty unless asked for
 * @param reject why the source's row could not be made one of the target, null for any other
 */
public record Difference(
    TableName table,
    TableName targetTable,
    Map<String, @Nullable String> key,
    Kind kind,
    List<String> columns,
    long copies,
    Map<String, Values> values,
    @Nullable String reject)
    implements Serializable {
  /**
   * What the sides have in a column, as texts of PostgreSQL.
   *
   * @param source null for NULL, and where the source does not have the row
   * @param target the same on the other side
   */
  public record Values(@Nullable String source, @Nullable String target) implements Serializable {}

  /** A difference of rows that can be loaded, without values. */
  public Difference(
      TableName table,
      TableName targetTable,
      Map<String, @Nullable String> key,
      Kind kind,
      List<String> columns,
      long copies) {
    this(table, targetTable, key, kind, columns, copies, Map.of(), /* reject= */ null);
  }

  /** The same with what the sides have. */
  public Difference withValues(Map<String, Values> known) {
    return new Difference(table, targetTable, key, kind, columns, copies, known, reject);
  }

  /** The same with the reason why the source's row is not one of the target, null for none. */
  public Difference rejected(@Nullable String reason) {
    return new Difference(table, targetTable, key, kind, columns, copies, values, reason);
  }

  /** Ways to differ. */
  public enum Kind {
    /** The source has the key, the target does not. */
    MISSING,
    /** The target has the key, the source does not. */
    EXTRA,
    /** Both have the key, with different values. */
    CHANGED
  }

  public Difference {
    key = Collections.unmodifiableMap(new LinkedHashMap<>(key));
    columns = List.copyOf(columns);
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    if (columns.isEmpty() == (kind == Kind.CHANGED)) {
      throw new IllegalArgumentException(kind + " with columns " + columns);
    }
    if (copies < 1) {
      throw new IllegalArgumentException(copies + " copies");
    }
  }
}

package dev.landfall.pipelines.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One key on which the sides disagree.
 *
 * @param table {@code schema.table} of the target
 * @param key the key's columns in their order, as PostgreSQL prints their values; all columns for a
 *     table without a key
 * @param kind how they disagree
 * @param columns the target columns that differ, only for {@link Kind#CHANGED}
 * @param copies how many such rows there are; more than 1 only without a key
 * @param values what the sides have in columns, as PostgreSQL prints it: of those that differ, of
 *     all where a side lacks the row; empty unless asked for
 * @param reject why the source's row could not be made one of the target, null for any other
 */
public record Difference(
    String table,
    Map<String, @Nullable String> key,
    Kind kind,
    List<String> columns,
    long copies,
    Map<String, Values> values,
    @Nullable String reject) {
  /**
   * What the sides have in a column.
   *
   * @param source null for NULL, and where the source lacks the row
   * @param target the same on the other side
   */
  public record Values(@Nullable String source, @Nullable String target) {}

  /** A difference without values. */
  public Difference(
      String table, Map<String, @Nullable String> key, Kind kind, List<String> columns) {
    this(table, key, kind, columns, /* copies= */ 1, Map.of(), /* reject= */ null);
  }

  /** How two sides disagree on a key. */
  public enum Kind {
    /** The target does not have it. */
    MISSING,
    /** Only the target has it. */
    EXTRA,
    /** Both have it, with different values. */
    CHANGED;

    /** The word that people and documents are shown. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Difference {
    key = Collections.unmodifiableMap(new LinkedHashMap<>(key));
    columns = List.copyOf(columns);
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}

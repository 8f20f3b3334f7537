package dev.landfall.transforms.ledger;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Rows that could not be loaded.
 *
 * @param standing how many there are that are not in the target still
 * @param mended how many were found to be in the target since, or gone from the source
 * @param rows the first of them, by table
 */
public record RejectList(long standing, long mended, List<Row> rows) {
  /** Where nothing was rejected. */
  public static final RejectList NONE = new RejectList(0, 0, List.of());

  public RejectList {
    rows = List.copyOf(rows);
  }

  /**
   * One row.
   *
   * @param table the source's
   * @param key the source's key columns; the whole row where the table has no key
   * @param column the column at fault, null when the database did not say
   * @param reason what was wrong
   * @param value the column's value, or the row's; null for NULL
   * @param at when it was rejected
   * @param mended when it was found to stand no more, null while it stands
   * @param mendedBy the run that found it
   */
  public record Row(
      String table,
      Map<String, @Nullable String> key,
      @Nullable String column,
      String reason,
      @Nullable String value,
      Instant at,
      @Nullable Instant mended,
      @Nullable Long mendedBy) {
    public Row {
      key = Collections.unmodifiableMap(new LinkedHashMap<>(key));
    }

    Row withValue(@Nullable String shown) {
      return new Row(table, key, column, reason, shown, at, mended, mendedBy);
    }
  }

  /** The same with other texts for the values that are not NULL. */
  public RejectList withValues(UnaryOperator<String> shown) {
    return new RejectList(
        standing,
        mended,
        rows.stream()
            .map(r -> r.value() == null ? r : r.withValue(shown.apply(r.value())))
            .toList());
  }
}

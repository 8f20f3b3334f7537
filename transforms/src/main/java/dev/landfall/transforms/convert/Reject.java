package dev.landfall.transforms.convert;

import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row that could not be loaded.
 *
 * @param key the source's key columns and their texts; the whole row where the table has no key
 * @param column the column at fault as the source names it, null when the database did not say
 * @param reason what was wrong, in one sentence
 * @param value the original value of the column (of the row, when no column is known), null for
 *     NULL
 */
public record Reject(
    Map<String, @Nullable String> key,
    @Nullable String column,
    String reason,
    @Nullable String value)
    implements Serializable {
  /** What was wrong, and where that is known. */
  public String located() {
    return column == null ? reason : "column " + column + ": " + reason;
  }
}

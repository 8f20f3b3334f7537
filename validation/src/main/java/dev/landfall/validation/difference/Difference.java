package dev.landfall.validation.difference;

import dev.landfall.transforms.schema.TableName;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key that is not the same on both sides.
 *
 * @param table the source table
 * @param targetTable the target table
 * @param key the target's key columns in order and their texts, null for NULL: the source's
 *     converted texts unless the row is extra; the whole row of a table without a key
 * @param kind what is wrong
 * @param columns the target columns whose values differ, in the table's order; empty unless changed
 * @param copies how many such rows there are; more than 1 only without a key
 */
public record Difference(
    TableName table,
    TableName targetTable,
    Map<String, @Nullable String> key,
    Kind kind,
    List<String> columns,
    long copies)
    implements Serializable {
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
    if (columns.isEmpty() == (kind == Kind.CHANGED)) {
      throw new IllegalArgumentException(kind + " with columns " + columns);
    }
    if (copies < 1) {
      throw new IllegalArgumentException(copies + " copies");
    }
  }
}

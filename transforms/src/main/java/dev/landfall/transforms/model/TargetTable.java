package dev.landfall.transforms.model;

import java.io.Serializable;
import java.util.List;

/**
 * One table that a source table becomes.
 *
 * @param name schema and table in the target
 * @param columns the columns that are compared, in the order in which rows carry them; all but the
 *     generated ones are loaded
 * @param key the target columns that identify a row; empty for a table without a key
 * @param existing whether the table was the user's own before the migration, so that its
 *     definition, keys and indexes are left as they are
 */
public record TargetTable(
    TableName name, List<ColumnMapping> columns, List<String> key, boolean existing)
    implements Serializable {
  public TargetTable {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    List<String> names = columns.stream().map(ColumnMapping::name).toList();
    if (!names.containsAll(key)) {
      throw new IllegalArgumentException("key " + key + " of " + name + " is not among " + names);
    }
  }

  /** The columns that are loaded: all that the target does not generate itself. */
  public List<ColumnMapping> loaded() {
    return columns.stream().filter(c -> c.generated() == null).toList();
  }

  /** Positions of the key's columns in {@link #columns()}. */
  public int[] keyPositions() {
    List<String> names = columns.stream().map(ColumnMapping::name).toList();
    return key.stream().mapToInt(names::indexOf).toArray();
  }
}

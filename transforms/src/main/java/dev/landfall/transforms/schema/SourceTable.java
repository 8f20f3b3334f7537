package dev.landfall.transforms.schema;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A base table of the source.
 *
 * @param name database and table
 * @param columns in the table's order
 * @param indexes the primary key (if any) first
 * @param foreignKeys by name
 * @param nextAutoIncrement the counter of the auto-increment column, null when there is none
 * @param comment empty when there is none
 * @param estimatedRows the statistics' estimate, never exact
 * @param estimatedBytes the statistics' data length, never exact
 */
public record SourceTable(
    TableName name,
    List<SourceColumn> columns,
    List<SourceIndex> indexes,
    List<SourceForeignKey> foreignKeys,
    java.math.@Nullable BigInteger nextAutoIncrement,
    String comment,
    long estimatedRows,
    long estimatedBytes)
    implements Serializable {
  public SourceTable {
    columns = List.copyOf(columns);
    indexes = List.copyOf(indexes);
    foreignKeys = List.copyOf(foreignKeys);
  }

  /** The column of that name, compared without regard to case as MySQL does. */
  public Optional<SourceColumn> column(String column) {
    return columns.stream().filter(c -> c.name().equalsIgnoreCase(column)).findFirst();
  }

  /** The primary key. */
  public Optional<SourceIndex> primaryKey() {
    return indexes.stream().filter(SourceIndex::primary).findFirst();
  }

  /**
   * The columns that identify a row: the primary key, else the first unique index of whole columns
   * that are all NOT NULL, else empty.
   */
  public List<String> key() {
    return indexes.stream()
        .filter(i -> i.primary() || (i.unique() && i.wholeColumns() && allNotNull(i)))
        .findFirst()
        .filter(SourceIndex::wholeColumns)
        .map(SourceIndex::columns)
        .orElse(List.of());
  }

  private boolean allNotNull(SourceIndex index) {
    return index.columns().stream().allMatch(c -> column(c).filter(x -> !x.nullable()).isPresent());
  }
}

package dev.landfall.transforms.model;

import java.io.Serializable;
import java.math.BigInteger;
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
 * @param checks by name, without those that are MariaDB's way to declare {@code json}
 * @param partitions how the table is partitioned, null when it is not
 * @param engine the storage engine as the source calls it, empty where that is not known
 * @param versioned whether the table keeps the history of its rows (MariaDB)
 */
public record SourceTable(
    TableName name,
    List<SourceColumn> columns,
    List<SourceIndex> indexes,
    List<SourceForeignKey> foreignKeys,
    @Nullable BigInteger nextAutoIncrement,
    String comment,
    long estimatedRows,
    long estimatedBytes,
    List<SourceCheck> checks,
    @Nullable SourcePartitions partitions,
    String engine,
    boolean versioned)
    implements Serializable {
  /** A table without checks, partitions and history. */
  public SourceTable(
      TableName name,
      List<SourceColumn> columns,
      List<SourceIndex> indexes,
      List<SourceForeignKey> foreignKeys,
      @Nullable BigInteger nextAutoIncrement,
      String comment,
      long estimatedRows,
      long estimatedBytes) {
    this(
        name,
        columns,
        indexes,
        foreignKeys,
        nextAutoIncrement,
        comment,
        estimatedRows,
        estimatedBytes,
        List.of(),
        /* partitions= */ null,
        /* engine= */ "",
        /* versioned= */ false);
  }

  public SourceTable {
    columns = List.copyOf(columns);
    indexes = List.copyOf(indexes);
    foreignKeys = List.copyOf(foreignKeys);
    checks = List.copyOf(checks);
  }

  /** The same table with other columns. */
  public SourceTable withColumns(List<SourceColumn> others) {
    return new SourceTable(
        name,
        others,
        indexes,
        foreignKeys,
        nextAutoIncrement,
        comment,
        estimatedRows,
        estimatedBytes,
        checks,
        partitions,
        engine,
        versioned);
  }

  /** The same table with other indexes. */
  public SourceTable withIndexes(List<SourceIndex> others) {
    return new SourceTable(
        name,
        columns,
        others,
        foreignKeys,
        nextAutoIncrement,
        comment,
        estimatedRows,
        estimatedBytes,
        checks,
        partitions,
        engine,
        versioned);
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

package dev.landfall.runners.view;

import dev.landfall.transforms.ledger.Snapshot;

/** Rows of the source that go to no table of the target, as the mapping says. */
public final class FilteredRows {
  private FilteredRows() {}

  /** How many of the rows that were read. */
  public static long in(Snapshot snapshot) {
    return snapshot.tables().stream().mapToLong(Snapshot.Table::rowsFiltered).sum();
  }

  /** How many there are. */
  public static String sentence(long rows) {
    return Numbers.count(rows, "row")
        + " of the source "
        + (rows == 1 ? "goes" : "go")
        + " to no table, as the mapping says.";
  }

  /** How many there are of a table that was read whole. */
  public static String of(String table, long filtered, long read) {
    return Numbers.count(filtered)
        + " of "
        + Numbers.count(read, "row")
        + " of "
        + table
        + (filtered == 1 ? " goes" : " go")
        + " to no table, as the mapping says";
  }
}

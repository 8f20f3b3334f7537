package dev.landfall.runners.view;

import dev.landfall.transforms.ledger.Snapshot;

/** Rows that could not be loaded. */
public final class RejectedRows {
  private RejectedRows() {}

  /** How many there are that are not mended. */
  public static long in(Snapshot snapshot) {
    return snapshot.tables().stream().mapToLong(Snapshot.Table::rowsRejected).sum();
  }

  /** How many there are, without the sentence's end. */
  static String could(long rows) {
    return Numbers.count(rows, "row") + " could not be loaded";
  }

  /** How many there are, and where they are listed. */
  public static Telling listed(long rows) {
    return Telling.warn(
        could(rows) + ".",
        "\"landfall rejects\" lists them, each with key, column, reason and value.");
  }

  /** How many there are, and how many were mended, as a heading of the list. */
  public static Telling of(String migration, long standing, long mended) {
    String since = mended == 0 ? "" : Numbers.count(mended) + " mended since.";
    if (standing > 0) {
      return Telling.warn(could(standing) + ".", since);
    }
    String none = "of migration " + migration + " is rejected.";
    return Telling.good("No row", since.isEmpty() ? none : none + " " + since);
  }
}

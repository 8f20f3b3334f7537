package dev.landfall.pipelines.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a verification found, seen beside those before it.
 *
 * @param run the run's number in the ledger
 * @param newDifferences how many differences the look before this one at the same keys did not find
 * @param pass what of a pass was looked at; null for everything
 */
public record Reconciliation(long run, long newDifferences, @Nullable Pass pass) {
  /**
   * A slice and the pass that it is of.
   *
   * @param slice the share that was asked for
   * @param began when the pass began
   * @param share how much of all rows the pass has come through, 0 to 1; an estimate until it is
   *     finished
   * @param finished whether it has come through all
   * @param ranges what this run looked at
   * @param notCompared target tables that this run did not look at
   */
  public record Pass(
      Slice slice,
      Instant began,
      double share,
      boolean finished,
      List<Range> ranges,
      List<String> notCompared) {
    public Pass {
      ranges = List.copyOf(ranges);
      notCompared = List.copyOf(notCompared);
    }
  }

  /**
   * Part of a table.
   *
   * @param table {@code database.table} of the source
   * @param key the columns that bound it; none for a whole table
   * @param start the first key; null is open
   * @param end the first key behind; null is open
   */
  public record Range(
      String table, List<String> key, @Nullable List<String> start, @Nullable List<String> end) {
    public Range {
      key = List.copyOf(key);
    }

    /** Whether it is all of the table. */
    public boolean whole() {
      return start == null && end == null;
    }
  }
}

package dev.landfall.validation.match;

import dev.landfall.transforms.value.Rows;
import dev.landfall.validation.result.Difference;
import dev.landfall.validation.result.RowCounts;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Matches the rows of one piece. Equal rows match one to one; of the rest, rows with the same key
 * are changed, and others missing or extra. So duplicate rows count as often as they are there,
 * with or without a key.
 */
final class RowMatcher {
  private static final int[] NO_COLUMNS = {};

  /** Stands for no row. */
  private static final int NONE = -1;

  private final boolean keyed;
  private final SideRows source;
  private final SideRows target;
  private final PieceDifferences.Builder differences;

  RowMatcher(
      boolean keyed, SideRows source, SideRows target, PieceDifferences.Builder differences) {
    this.keyed = keyed;
    this.source = source;
    this.target = target;
    this.differences = differences;
  }

  /** Counts exactly, and adds as many differences as the builder takes. */
  RowCounts match() {
    KeyChains sources = new KeyChains(source);
    int[] unmatched = new int[target.size()];
    int unmatchedCount = 0;
    for (int t = 0; t < target.size(); t++) {
      long high = target.high(t);
      long low = target.low(t);
      if (sources.take(target.keyHash(t), s -> source.high(s) == high && source.low(s) == low)
          < 0) {
        unmatched[unmatchedCount++] = t;
      }
    }
    int[] changed = new int[source.size()];
    Arrays.fill(changed, NONE);
    int changedCount = 0;
    int[] extra = new int[unmatchedCount];
    int extraCount = 0;
    for (int t : Arrays.copyOf(unmatched, unmatchedCount)) {
      int s = keyed ? sources.take(target.keyHash(t), any -> true) : -1;
      if (s < 0) {
        extra[extraCount++] = t;
      } else {
        changedCount++;
        changed[s] = t;
      }
    }
    // In the source's order, which is mostly that of the key; an update moves a row of the target.
    for (int s = 0; s < changed.length; s++) {
      if (changed[s] != NONE) {
        add(Difference.Kind.CHANGED, source, s, changedColumns(s, changed[s]), 1);
      }
    }
    int[] missing = new int[source.size()];
    int missingCount = 0;
    for (int s = 0; s < source.size(); s++) {
      if (!sources.isTaken(s)) {
        missing[missingCount++] = s;
      }
    }
    addAll(Difference.Kind.MISSING, source, Arrays.copyOf(missing, missingCount));
    addAll(Difference.Kind.EXTRA, target, Arrays.copyOf(extra, extraCount));
    return RowCounts.of(target.size() - unmatchedCount, changedCount, missingCount, extraCount);
  }

  private void addAll(Difference.Kind kind, SideRows side, int[] rows) {
    if (keyed) {
      for (int row : rows) {
        add(kind, side, row, NO_COLUMNS, 1);
      }
      return;
    }
    Map<RowHash, Copies> distinct = new LinkedHashMap<>();
    for (int row : rows) {
      RowHash hash = new RowHash(side.high(row), side.low(row));
      Copies copies = distinct.get(hash);
      if (copies != null) {
        copies.count++;
      } else if (distinct.size() < differences.room()) {
        distinct.put(hash, new Copies(row));
      }
    }
    distinct.values().forEach(c -> add(kind, side, c.row, NO_COLUMNS, c.count));
  }

  private void add(Difference.Kind kind, SideRows side, int row, int[] columns, long copies) {
    Rows keys = side.keys(row);
    if (keys != null) {
      differences.add(kind, keys, side.keyRow(row), columns, copies);
    }
  }

  private int[] changedColumns(int s, int t) {
    int[] changed = new int[source.columns(s)];
    int count = 0;
    for (int column = 0; column < changed.length; column++) {
      if (source.column(s, column) != target.column(t, column)) {
        changed[count++] = column;
      }
    }
    return Arrays.copyOf(changed, count);
  }

  private record RowHash(long high, long low) {}

  /** How often a row is there. */
  private static final class Copies {
    private final int row;
    private long count = 1;

    Copies(int row) {
      this.row = row;
    }
  }
}

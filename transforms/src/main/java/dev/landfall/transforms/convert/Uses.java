package dev.landfall.transforms.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The uses of rules in a batch. A use counts when its row is complete: what a rule changed in a row
 * that another column makes a reject was not loaded.
 */
final class Uses {
  private final List<Tally> pending = new ArrayList<>();
  private final List<Tally> tallies = new ArrayList<>();

  /** The uses of one rule in one column. */
  final class Tally {
    private final int target;
    private final String column;
    private final String rule;
    private int[] rows = new int[8];
    private int count;

    private Tally(int target, String column, String rule) {
      this.target = target;
      this.column = column;
      this.rule = rule;
    }

    /** A use in the row in hand. */
    void use() {
      pending.add(this);
    }

    /** A use in a row that is complete; one, whatever the row has made of the column. */
    void use(int row) {
      if (count > 0 && rows[count - 1] == row) {
        return;
      }
      if (count == rows.length) {
        rows = Arrays.copyOf(rows, count * 2);
      }
      rows[count++] = row;
    }
  }

  /** The place to count in, the same for all that is made of a column by a rule. */
  Tally tally(int target, String column, String rule) {
    for (Tally known : tallies) {
      if (known.target == target && known.column.equals(column) && known.rule.equals(rule)) {
        return known;
      }
    }
    Tally tally = new Tally(target, column, rule);
    tallies.add(tally);
    return tally;
  }

  /** The row in hand is complete. */
  void commit(int row) {
    if (!pending.isEmpty()) {
      pending.forEach(tally -> tally.use(row));
      pending.clear();
    }
  }

  /** The row in hand became a reject. */
  void discard() {
    pending.clear();
  }

  /** What was counted since the last call. */
  List<Disposition> take() {
    List<Disposition> dispositions = new ArrayList<>();
    for (Tally tally : tallies) {
      if (tally.count > 0) {
        dispositions.add(
            new Disposition(
                tally.target, tally.column, tally.rule, Arrays.copyOf(tally.rows, tally.count)));
        tally.count = 0;
      }
    }
    return dispositions;
  }
}

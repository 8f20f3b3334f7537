package dev.landfall.runners.display;

import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.ledger.Snapshot.Table;
import dev.landfall.transforms.ledger.Snapshot.Verdict;
import dev.landfall.transforms.ledger.Snapshot.Work;
import java.util.List;

/** Sums over a snapshot's tables. */
final class Totals {
  private final List<Table> tables;

  Totals(Snapshot snapshot) {
    this.tables = snapshot.tables();
  }

  long rowsRead() {
    return tables.stream().mapToLong(Table::rowsRead).sum();
  }

  long rowsLoaded() {
    return tables.stream().mapToLong(Table::rowsLoaded).sum();
  }

  /** Rows that go to no table, as the mapping says. */
  long rowsFiltered() {
    return tables.stream().mapToLong(Table::rowsFiltered).sum();
  }

  long rowsRejected() {
    return tables.stream().mapToLong(Table::rowsRejected).sum();
  }

  long bytes() {
    return tables.stream().mapToLong(Table::bytes).sum();
  }

  /** Rows expected: a table's estimate until it is done, then what it really had. */
  long rowsExpected() {
    return tables.stream().mapToLong(Totals::expected).sum();
  }

  long done() {
    return tables.stream().filter(Table::done).count();
  }

  long verified(Verdict verdict) {
    return tables.stream().filter(t -> t.verified() == verdict).count();
  }

  long differences() {
    return tables.stream().mapToLong(Table::differences).sum();
  }

  /** How much is loaded, 0 to 1, tables weighed by their rows. */
  double fraction() {
    double weights = 0;
    double done = 0;
    for (Table table : tables) {
      double weight = Math.max(1, expected(table));
      weights += weight;
      done += weight * fraction(table);
    }
    return weights == 0 ? 0 : done / weights;
  }

  /** For how long runs loaded; the time between two of them does not count. */
  double seconds() {
    return Work.seconds(tables.stream().flatMap(t -> t.work().stream()));
  }

  /** For how long runs loaded a table. */
  static double seconds(Table table) {
    return Work.seconds(table.work().stream());
  }

  /** How much of a table is loaded, 0 to 1, by chunks: those are what commits. */
  static double fraction(Table table) {
    if (table.done()) {
      return 1;
    }
    return table.chunks() == 0 ? 0 : (double) table.chunksDone() / table.chunks();
  }

  static long expected(Table table) {
    if (table.done()) {
      return table.rowsRead();
    }
    // The chunks that are done tell more than the source's statistics, which may be off by half.
    long asSoFar =
        table.chunksDone() == 0 ? 0 : table.rowsRead() * table.chunks() / table.chunksDone();
    return Math.max(table.estimatedRows(), asSoFar);
  }
}

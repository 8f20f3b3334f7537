package dev.landfall.runners.display;

import dev.landfall.transforms.ledger.Snapshot;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Shows where a migration stands until it has ended, whoever runs it. */
public final class Watch {
  private static final long PAUSE_SECONDS = 1;

  /** A log of one line a second is not read by anybody. */
  private static final int PLAIN_EVERY = 5;

  /** Headings, a rule and the sum: a table of fewer lines says nothing. */
  private static final int LEAST_TABLE = 3;

  private Watch() {}

  /**
   * Blocks until the phase is an end.
   *
   * @return the snapshot that says so
   * @throws InterruptedException when its thread is interrupted
   */
  public static Snapshot untilEnd(
      Supplier<Snapshot> snapshots, PrintStream stream, Terminal terminal)
      throws InterruptedException {
    Screen screen = new Screen(stream);
    Rates rates = new Rates();
    for (int round = 0; ; round++) {
      Snapshot snapshot = snapshots.get();
      rates.add(snapshot);
      if (ended(snapshot)) {
        screen.erase();
        return snapshot;
      }
      if (terminal.interactive()) {
        Terminal now = terminal.measured();
        screen.draw(lines(snapshot, rates, now));
      } else if (round % PLAIN_EVERY == 0) {
        stream.println(new ProgressView(terminal).plain(snapshot, rates));
        stream.flush();
      }
      TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
    }
  }

  /** What goes on and what is left stay in sight; tables get the lines that are over. */
  static List<String> lines(Snapshot snapshot, Rates rates, Terminal terminal) {
    int most = Math.max(1, terminal.rows() - 1);
    List<String> progress =
        snapshot.holder() == null ? List.of() : new ProgressView(terminal).lines(snapshot, rates);
    List<String> lines = new ArrayList<>(new StatusText(terminal).head(snapshot));
    int table = most - lines.size() - progress.size() - (progress.isEmpty() ? 1 : 2);
    if (snapshot.tables().stream().anyMatch(Snapshot.Table::planned) && table >= LEAST_TABLE) {
      lines.add("");
      lines.addAll(new ResultTable(terminal).lines(snapshot, table));
    }
    if (!progress.isEmpty()) {
      lines.add("");
      lines.addAll(progress);
    }
    return lines.size() <= most ? lines : lines.subList(lines.size() - most, lines.size());
  }

  private static boolean ended(Snapshot snapshot) {
    return switch (snapshot.phase()) {
      case DONE, STOPPED, FAILED -> snapshot.holder() == null;
      case NEW, SCHEMA, BACKFILL, INDEXES, VERIFY, REPAIR -> false;
    };
  }
}

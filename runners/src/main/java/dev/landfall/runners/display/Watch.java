package dev.landfall.runners.display;

import dev.landfall.transforms.ledger.Snapshot;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Shows where a migration stands until it has ended, whoever runs it. */
public final class Watch {
  private static final long PAUSE_SECONDS = 1;

  /** A log of one line a second is not read by anybody. */
  private static final int PLAIN_EVERY = 5;

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
        var lines = new java.util.ArrayList<>(new StatusText(now).lines(snapshot));
        if (snapshot.holder() != null) {
          lines.add("");
          lines.addAll(new ProgressView(now).lines(snapshot, rates));
        }
        screen.draw(lines.subList(0, Math.min(lines.size(), now.rows() - 1)));
      } else if (round % PLAIN_EVERY == 0) {
        stream.println(new ProgressView(terminal).plain(snapshot, rates));
        stream.flush();
      }
      TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
    }
  }

  private static boolean ended(Snapshot snapshot) {
    return switch (snapshot.phase()) {
      case DONE, STOPPED, FAILED -> snapshot.holder() == null;
      case NEW, SCHEMA, BACKFILL, INDEXES, VERIFY, REPAIR -> false;
    };
  }
}

package dev.landfall.runners.display;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.ledger.Snapshot;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows a run while it goes on: in a terminal a block that is redrawn in place, elsewhere a plain
 * line every few seconds. Reads snapshots in a thread of its own; failing to read one never
 * disturbs the run.
 */
public final class Progress implements AutoCloseable {
  /** As often as an eye follows. */
  private static final long REDRAW_MILLIS = 250;

  private static final long PLAIN_MILLIS = 5_000;

  /** Looking may take a twentieth of the target's attention at most. */
  private static final int PAUSE_FOR_EACH_READ = 20;

  private final Supplier<Snapshot> snapshots;
  private final PrintStream err;
  private final Screen screen;
  private final Rates rates = new Rates();
  private final Thread thread;
  private final Object lock = new Object();

  private volatile Terminal terminal;
  private boolean closed;
  private boolean begun;

  private Progress(Supplier<Snapshot> snapshots, PrintStream err, Terminal terminal) {
    this.snapshots = snapshots;
    this.err = err;
    this.screen = new Screen(err);
    this.terminal = terminal;
    this.thread = new Thread(this::show, "landfall-progress");
    thread.setDaemon(true);
  }

  /** Begins to show what those snapshots say. */
  public static Progress start(Supplier<Snapshot> snapshots, PrintStream err, Terminal terminal) {
    Progress progress = new Progress(snapshots, err, terminal);
    progress.thread.start();
    return progress;
  }

  /** The terminal has another size now. */
  public void resized() {
    terminal = terminal.measured();
  }

  /** Prints a line that stays, above what is redrawn. */
  public void message(String line) {
    synchronized (lock) {
      screen.erase();
      err.print(line + "\n");
      err.flush();
    }
  }

  /** Stops showing and wipes what was redrawn: a result takes its place. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      screen.erase();
      lock.notifyAll();
    }
    try {
      thread.join(REDRAW_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void show() {
    long nextPlain = System.nanoTime() + PLAIN_MILLIS * 1_000_000;
    boolean first = true;
    while (true) {
      long asked = System.nanoTime();
      Snapshot snapshot = ofThisRun(read());
      long took = (System.nanoTime() - asked) / 1_000_000;
      synchronized (lock) {
        if (closed) {
          return;
        }
        if (snapshot != null) {
          rates.add(snapshot);
          if (terminal.interactive()) {
            screen.draw(new ProgressView(terminal).lines(snapshot, rates));
          } else if (System.nanoTime() >= nextPlain) {
            err.println("landfall: " + new ProgressView(terminal).plain(snapshot, rates));
            nextPlain += PLAIN_MILLIS * 1_000_000;
          }
        }
        try {
          // Connecting is no work of the target's.
          waitUnlessClosed(
              first ? REDRAW_MILLIS : Math.max(REDRAW_MILLIS, took * PAUSE_FOR_EACH_READ));
          first = false;
        } catch (InterruptedException e) {
          return;
        }
      }
    }
  }

  private void waitUnlessClosed(long millis) throws InterruptedException {
    long until = System.nanoTime() + millis * 1_000_000;
    for (long left = millis; left > 0 && !closed; ) {
      lock.wait(left);
      left = (until - System.nanoTime()) / 1_000_000;
    }
  }

  /**
   * How a run ended that nobody has in hand is how the one before did, until this one has begun;
   * and when it is over a result takes the place of it.
   */
  private @Nullable Snapshot ofThisRun(@Nullable Snapshot snapshot) {
    if (snapshot == null || snapshot.holder() != null) {
      begun |= snapshot != null;
      return snapshot;
    }
    return switch (snapshot.phase()) {
      case DONE, STOPPED, FAILED ->
          begun
              ? null
              : new Snapshot(
                  snapshot.migration(),
                  Snapshot.Phase.NEW,
                  null,
                  snapshot.taken(),
                  null,
                  null,
                  null,
                  List.of());
      case NEW, SCHEMA, BACKFILL, INDEXES, VERIFY, REPAIR -> snapshot;
    };
  }

  private @Nullable Snapshot read() {
    try {
      return snapshots.get();
    } catch (MigrationException e) {
      // The run meets the same trouble, rides it out or reports it; what was drawn last stays.
      return null;
    }
  }
}

package dev.landfall.pipelines.run;

import dev.landfall.transforms.jdbc.SqlStates;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * When work that is cut short again and again is given up: when five cuts in a row left nothing
 * behind. Whatever got on since the cut before begins the count anew, so that no amount of trouble
 * ends work that advances. Being slow is no failure: cuts that say only that a server, a cluster or
 * the machine is busy are borne for as long as its patience, however many they are.
 */
public final class Tries {
  /** A server that goes away that often at the same work is brought down by the work itself. */
  public static final int MOST = 5;

  private final Duration patience;
  private final LongSupplier clock;
  private long progress;
  private int fruitless;
  private long since;

  /**
   * A count that begins.
   *
   * @param patience how long nothing may get on because something is busy ({@code load.outage})
   */
  public Tries(Duration patience) {
    this(patience, System::nanoTime);
  }

  public Tries(Duration patience, LongSupplier clock) {
    this.patience = patience;
    this.clock = clock;
  }

  /**
   * Counts a cut.
   *
   * @param done how far the work is, in any measure that begins at 0 and only grows
   * @param cause what cut it short
   * @return whether to try again
   */
  public boolean again(long done, Throwable cause) {
    long now = clock.getAsLong();
    if (done > progress) {
      progress = done;
      fruitless = 0;
      return true;
    }
    if (++fruitless == 1) {
      since = now;
    }
    return fruitless < MOST || (isBusy(cause) && now - since < patience.toNanos());
  }

  /** How many cuts in a row left nothing behind. */
  public int fruitless() {
    return fruitless;
  }

  private static boolean isBusy(Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof TimeoutException || (t instanceof SQLException e && SqlStates.isBusy(e))) {
        return true;
      }
    }
    return false;
  }
}

package dev.landfall.transforms.read;

import dev.landfall.transforms.model.StopSignal;
import dev.landfall.transforms.value.Rows;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.collect.MapMaker;
import org.jspecify.annotations.Nullable;

/**
 * Holds readers of one side back as a {@link ReadLimit} says. A wish to stop ends every wait: what
 * is in hand is then finished at full speed, which is a chunk of each reader at most.
 */
final class ReadGate {
  /** How soon a wish to stop is heard. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** How much of a second a reader goes on for before it waits. */
  private static final int STEPS_PER_SECOND = 20;

  /** More would only make the load uneven. */
  private static final int MOST_ROWS_AT_ONCE = 1_000;

  /** A runner copies its steps for each thread; the copies meet here. */
  private static final ConcurrentMap<String, ReadGate> SHARED =
      new MapMaker().weakValues().makeMap();

  private final ReadLimit limit;
  private final Time time;
  private final @Nullable Pace pace;
  private final Semaphore readers;

  /** The clock that waits go by. */
  interface Time {
    /** Nanoseconds of a clock that never goes back. */
    long nanos();

    /** Waits. */
    void sleep(long nanos) throws InterruptedException;

    /** The process's own. */
    Time SYSTEM =
        new Time() {
          @Override
          public long nanos() {
            return System.nanoTime();
          }

          @Override
          public void sleep(long nanos) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(nanos);
          }
        };
  }

  ReadGate(ReadLimit limit, Time time) {
    this.limit = limit;
    this.time = time;
    this.pace = limit.rowsPerSecond() > 0 ? new Pace(limit.rowsPerSecond()) : null;
    this.readers = new Semaphore(limit.readers() > 0 ? limit.readers() : Integer.MAX_VALUE, true);
  }

  /** The gate that this process's readers of that limit share; null where nothing is limited. */
  static @Nullable ReadGate of(ReadLimit limit) {
    if (!limit.limits()) {
      return null;
    }
    return limit.together().isEmpty()
        ? new ReadGate(limit, Time.SYSTEM)
        : SHARED.computeIfAbsent(limit.together(), none -> new ReadGate(limit, Time.SYSTEM));
  }

  /** Waits until one more connection may be had; {@link #leave} gives it up. */
  void enter() throws SQLException {
    try {
      readers.acquire();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Gives one connection up. */
  void leave() {
    readers.release();
  }

  /** Waits before a chunk. */
  void pause(StopSignal stop) throws SQLException {
    await(limit.pause().toNanos(), stop);
  }

  /** The cursor's rows, no quicker than the rate allows. */
  RowCursor paced(RowCursor rows, StopSignal stop) {
    Pace shared = pace;
    return shared == null ? rows : new PacedCursor(rows, shared, stop);
  }

  private void await(long nanos, StopSignal stop) throws SQLException {
    long end = time.nanos() + nanos;
    try {
      for (long left = nanos; left > 0 && !stop.stopRequested(); left = end - time.nanos()) {
        time.sleep(Math.min(left, LOOK_NANOS));
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static SQLException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new SQLException("interrupted while waiting to read", e);
  }

  private final class PacedCursor implements RowCursor {
    private final RowCursor rows;
    private final Pace shared;
    private final StopSignal stop;
    private final int step;
    private int taken;

    PacedCursor(RowCursor rows, Pace shared, StopSignal stop) {
      this.rows = rows;
      this.shared = shared;
      this.stop = stop;
      this.step =
          (int) Math.max(1, Math.min(MOST_ROWS_AT_ONCE, limit.rowsPerSecond() / STEPS_PER_SECOND));
    }

    @Override
    public boolean next() throws SQLException {
      boolean more = rows.next();
      if (more) {
        taken++;
      }
      if (taken == step || (!more && taken > 0)) {
        long wait = shared.take(taken, time.nanos());
        taken = 0;
        await(wait, stop);
      }
      return more;
    }

    @Override
    public void addTo(Rows.Builder builder) throws SQLException {
      rows.addTo(builder);
    }
  }
}

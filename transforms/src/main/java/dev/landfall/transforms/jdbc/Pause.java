package dev.landfall.transforms.jdbc;

import dev.landfall.transforms.model.StopSignal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Pauses, each twice as long as the one before. */
public final class Pause {
  private static final long ASK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final StopSignal stop;
  private Duration time;

  /** The first pause takes so long; a stop signal ends any. */
  public Pause(StopSignal stop, Duration first) {
    this.stop = stop;
    this.time = first;
  }

  /** Waits; false when the stop signal was given, or the thread interrupted. */
  public boolean next() {
    Duration now = time;
    time = time.multipliedBy(2);
    return of(now, stop);
  }

  /** One of that length; false when the stop signal was given, or the thread interrupted. */
  public static boolean of(Duration time, StopSignal stop) {
    long end = System.nanoTime() + time.toNanos();
    while (!Thread.currentThread().isInterrupted() && !stop.stopRequested()) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return true;
      }
      LockSupport.parkNanos(Math.min(left, ASK_NANOS));
    }
    return false;
  }
}

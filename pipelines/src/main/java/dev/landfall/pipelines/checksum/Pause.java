package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.model.StopSignal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Pauses between looks, each twice as long as the one before. */
public final class Pause {
  private static final long ASK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final StopSignal stop;
  private Duration time;

  /** The first pause takes so long; a stop signal ends any. */
  public Pause(StopSignal stop, Duration first) {
    this.stop = stop;
    this.time = first;
  }

  /** Waits; false when the stop signal was given. */
  public boolean next() {
    long end = System.nanoTime() + time.toNanos();
    time = time.multipliedBy(2);
    while (!stop.stopRequested()) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return true;
      }
      LockSupport.parkNanos(Math.min(left, ASK_NANOS));
    }
    return false;
  }
}

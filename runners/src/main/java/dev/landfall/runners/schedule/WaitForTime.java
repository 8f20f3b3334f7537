package dev.landfall.runners.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits by the process's clock, looking at it often: a machine that slept wakes up late. */
public final class WaitForTime implements ScheduledRuns.Time {
  private static final Duration LOOK = Duration.ofSeconds(20);

  private final CountDownLatch end = new CountDownLatch(1);

  /** Ends the wait, and every later one. */
  public void end() {
    end.countDown();
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public boolean awaitUntil(Instant then) throws InterruptedException {
    while (true) {
      Duration left = Duration.between(Instant.now(), then);
      if (left.isZero() || left.isNegative()) {
        return end.getCount() > 0;
      }
      long millis = Math.min(left.toMillis() + 1, LOOK.toMillis());
      if (end.await(millis, TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
  }
}

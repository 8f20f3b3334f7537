package dev.landfall.runners.schedule;

import dev.landfall.runners.cli.ExitCodes;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Does the same work at each time of a schedule, one after the other: times that come while it goes
 * on are left out. Between two times nothing is held.
 */
public final class ScheduledRuns {
  private final Schedule schedule;
  private final Time time;
  private final Consumer<String> says;

  /** The clock that a schedule goes by. */
  interface Time {
    /** The time. */
    Instant now();

    /** Waits until then; false when it was asked to end instead. */
    boolean awaitUntil(Instant then) throws InterruptedException;
  }

  /** What is done each time. */
  public interface Work {
    /** Does it; a value ends the schedule with that exit code. */
    public OptionalInt run();
  }

  public ScheduledRuns(Schedule schedule, Time time, Consumer<String> says) {
    this.schedule = schedule;
    this.time = time;
    this.says = says;
  }

  /** Works until it is asked to end, and returns the exit code. */
  public int run(Work work) throws InterruptedException {
    Instant seen = time.now();
    while (true) {
      Optional<Instant> next = schedule.next(seen);
      if (next.isEmpty()) {
        says.accept("the schedule has no time any more");
        return ExitCodes.DONE;
      }
      says.accept("next comparison: " + schedule.shown(next.get()));
      if (!time.awaitUntil(next.get())) {
        says.accept("the schedule has ended");
        return ExitCodes.DONE;
      }
      OptionalInt end = work.run();
      if (end.isPresent()) {
        return end.getAsInt();
      }
      seen = time.now();
      if (seen.isBefore(next.get())) {
        // A clock that was put back must not give the same time twice.
        seen = next.get();
      }
      long missed = schedule.between(next.get(), seen);
      if (missed > 0) {
        says.accept(
            "the comparison of "
                + schedule.shown(next.get())
                + " took until "
                + schedule.shown(seen)
                + "; "
                + missed
                + (missed == 1 ? " time was" : " times were")
                + " left out");
      }
    }
  }
}

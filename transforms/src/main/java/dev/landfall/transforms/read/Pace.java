package dev.landfall.transforms.read;

/**
 * Spreads rows evenly over time: rows that were taken by any moment are never more than the rate
 * allows since the first one, and one step of each reader. Time in which nobody read is not made up
 * for. Pure: the caller has the clock.
 */
final class Pace {
  private static final long SECOND = 1_000_000_000;

  private final double nanosPerRow;
  private long due;
  private boolean begun;

  Pace(long rowsPerSecond) {
    this.nanosPerRow = (double) SECOND / rowsPerSecond;
  }

  /**
   * Counts rows that were taken.
   *
   * @param now nanoseconds of any clock that never goes back
   * @return how many nanoseconds to wait before more are taken
   */
  synchronized long take(long rows, long now) {
    if (!begun || due - now < 0) {
      begun = true;
      due = now;
    }
    due += Math.round(rows * nanosPerRow);
    return due - now;
  }
}

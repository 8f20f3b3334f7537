package dev.landfall.transforms.read;

import java.io.Serializable;
import java.time.Duration;
import java.util.UUID;

/**
 * How much reading may burden one side.
 *
 * @param rowsPerSecond rows that all readers together take in a second; 0 for any number
 * @param readers how many chunks are read at a time, each over a connection of its own; 0 for as
 *     many as there are threads
 * @param pause how long a reader waits before each chunk
 * @param together what readers of this process share the rate by; empty where readers are spread
 *     over processes, and each has its share of the rate to itself
 */
public record ReadLimit(long rowsPerSecond, int readers, Duration pause, String together)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** No limit at all, and no cost. */
  public static final ReadLimit NONE = new ReadLimit(0, 0, Duration.ZERO, "");

  public ReadLimit {
    if (rowsPerSecond < 0 || readers < 0 || pause.isNegative()) {
      throw new IllegalArgumentException(
          "limit of " + rowsPerSecond + " rows/s, " + readers + " readers, pause " + pause);
    }
  }

  /** A limit of one side as asked for. */
  public static ReadLimit of(long rowsPerSecond, int readers, Duration pause) {
    return new ReadLimit(rowsPerSecond, readers, pause, "");
  }

  /** Whether anything is limited. */
  public boolean limits() {
    return rowsPerSecond > 0 || readers > 0 || !pause.isZero();
  }

  /** How many chunks may be fed side by side where there would be that many lanes. */
  public int lanes(int lanes) {
    return readers > 0 ? Math.min(lanes, readers) : lanes;
  }

  /**
   * The limit of one job's readers of one side.
   *
   * @param lanes how many there are at most
   * @param remote whether they are spread over processes, which know nothing of each other: then
   *     each has an equal share of the rate, which it can't lend to another
   */
  public ReadLimit among(int lanes, boolean remote) {
    if (!limits()) {
      return NONE;
    }
    int most = lanes(lanes);
    return remote
        ? new ReadLimit(share(rowsPerSecond, most), most, pause, "")
        : new ReadLimit(rowsPerSecond, most, pause, UUID.randomUUID().toString());
  }

  /** Never 0, which would be no limit. */
  private static long share(long rows, int lanes) {
    return rows == 0 ? 0 : Math.max(1, rows / lanes);
  }
}

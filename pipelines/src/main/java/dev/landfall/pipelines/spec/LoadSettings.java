package dev.landfall.pipelines.spec;

import dev.landfall.transforms.load.RejectLimit;
import java.io.Serializable;
import java.time.Duration;

/**
 * How rows are loaded.
 *
 * @param chunkRows about how many rows a chunk has
 * @param chunkBytes at most how many bytes of rows are held as one batch; a larger chunk comes in
 *     pieces
 * @param parallelism how many chunks are worked on at once; {@link #AUTOMATIC} for as many as there
 *     are processors
 * @param rejects how many rejects a run bears before it stops
 * @param outage how long a run waits for a database that went away before it stops
 * @param append whether rows may be loaded into target tables that have rows already
 */
public record LoadSettings(
    int chunkRows,
    long chunkBytes,
    int parallelism,
    RejectLimit rejects,
    Duration outage,
    boolean append)
    implements Serializable {
  /** The {@link #parallelism} that is chosen by the machine. */
  public static final int AUTOMATIC = 0;

  /**
   * The settings of a spec that says nothing.
   *
   * <ul>
   *   <li>25,000 rows: a second's work at most, so little is repeated after a failure, and still
   *       only 40,000 chunks in a billion rows.
   *   <li>16 MiB: a batch is held a few times over on its way (read, converted, sent), by every
   *       worker; that leaves room in a heap of 512 MiB.
   *   <li>0.1 %: single bad rows are normal in old databases; one in a thousand means that a rule
   *       is wrong.
   *   <li>60 seconds: a restart of a server or a failover is over by then.
   *   <li>No append: rows in a target table are more often a mistake than a wish.
   * </ul>
   */
  public static final LoadSettings DEFAULTS =
      new LoadSettings(
          25_000, 16L << 20, AUTOMATIC, RejectLimit.DEFAULT, Duration.ofSeconds(60), false);

  public LoadSettings {
    if (chunkRows < 1 || chunkBytes < 1 || parallelism < 0 || outage.isNegative()) {
      throw new IllegalArgumentException("chunkRows, chunkBytes, parallelism or outage");
    }
  }
}

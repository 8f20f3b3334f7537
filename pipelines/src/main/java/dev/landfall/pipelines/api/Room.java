package dev.landfall.pipelines.api;

import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.FreeConnections;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * How many chunks can be in work at once. Each has a connection on either side, a thread and a
 * batch of rows; more of them than there is room for would bring down the process, and others with
 * it.
 *
 * @param most how many, when nobody else wants anything
 * @param now how many at this moment
 * @param why what allows no more, and what to do about it
 */
public record Room(int most, int now, String why) {
  /** So few are never refused: whoever has less room waits for it. */
  private static final int ALWAYS = 2;

  /** What a run has besides: its lock, its progress, feeding chunks, the wish to stop. */
  private static final int BESIDES = 4;

  /** The rest of the heap is for everything that is no batch. */
  private static final double SHARE_FOR_BATCHES = 0.75;

  /**
   * Asks both servers, and this process.
   *
   * @param remote whether chunks are worked on in other processes, whose memory is not known here
   */
  public static Room look(Spec spec, boolean remote) {
    Room room =
        connections(Side.SOURCE, spec.source().connection())
            .or(connections(Side.TARGET, spec.target().connection()));
    return remote ? room : room.or(pool()).or(memory(spec.load().chunkBytes()));
  }

  /**
   * How many chunks to work on at once.
   *
   * @param wanted how many there should be
   * @param given whether somebody named that number; otherwise as many as there is room for now do
   * @throws MigrationException of kind USAGE when a number that was named is never possible; what
   *     others have at this moment is waited for
   */
  public int fit(int wanted, boolean given) {
    if (!given) {
      return Math.min(wanted, Math.max(ALWAYS, now));
    }
    int fitting = Math.max(ALWAYS, most);
    if (wanted <= fitting) {
      return wanted;
    }
    throw new MigrationException(
        Kind.USAGE,
        "A parallelism of "
            + wanted
            + " (--parallelism, or load.parallelism of the spec) is too much; here at most "
            + fitting
            + " chunks can be in work at once: "
            + why
            + " Or give a smaller number. Nothing was touched.");
  }

  private Room or(Room other) {
    return new Room(
        Math.min(most, other.most), Math.min(now, other.now), other.most < most ? other.why : why);
  }

  private static Room connections(Side side, ConnectionSettings settings) {
    String server = "the " + side.word() + " database " + settings.display();
    try (Connection connection = Reachability.open(side, settings)) {
      FreeConnections free = FreeConnections.of(connection, settings.product());
      return new Room(
          free.most() - BESIDES,
          free.left() - BESIDES,
          server
              + " allows "
              + free.most()
              + " connections, and a run needs "
              + BESIDES
              + " besides one for each chunk. Let it have more there (max_connections).");
    } catch (SQLException e) {
      throw Reachability.failed(side, settings, "Asking for free connections", e);
    }
  }

  private static Room pool() {
    return new Room(
        Pools.MAXIMUM - BESIDES,
        Pools.MAXIMUM - BESIDES,
        "one process has "
            + Pools.MAXIMUM
            + " connections to each database at most. For more, use several machines"
            + " (--runner flink).");
  }

  private static Room memory(long chunkBytes) {
    long heap = Runtime.getRuntime().maxMemory();
    int most = (int) Math.min(Integer.MAX_VALUE, (long) (heap * SHARE_FOR_BATCHES / chunkBytes));
    return new Room(
        most,
        most,
        "each holds up to "
            + (chunkBytes % (1 << 20) == 0
                ? (chunkBytes >> 20) + " MiB"
                : (chunkBytes >> 10) + " KiB")
            + " of rows (load.chunkBytes), and the process has "
            + (heap >> 20)
            + " MiB of memory. Give it more, LANDFALL_JAVA_OPTS=-Xmx2g for example, or make"
            + " load.chunkBytes smaller.");
  }
}

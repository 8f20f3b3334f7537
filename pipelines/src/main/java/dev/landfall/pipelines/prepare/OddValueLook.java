package dev.landfall.pipelines.prepare;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.catalog.OddCount;
import dev.landfall.transforms.catalog.OddValueScan;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Connections;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import java.sql.SQLException;
import java.util.List;

/** Looks for odd values in a source, until it is done or told to stop. */
public final class OddValueLook {
  private final ConnectionSettings source;
  private final OddValueScan scan;
  private volatile boolean stopped;

  public OddValueLook(ConnectionSettings source, OddValueScan scan) {
    this.source = source;
    this.scan = scan;
  }

  /**
   * Counts them. When the process is told to end, the source is told first: it would go on reading
   * its tables although nobody waits for it.
   *
   * @throws MigrationException of kind STOPPED after {@link #stop}
   */
  public List<OddCount> run() {
    Thread atExit = new Thread(this::stop, "landfall-stop-scan");
    Runtime.getRuntime().addShutdownHook(atExit);
    try {
      return scan.run(() -> Connections.open(source), Preparation.SCANS_AT_ONCE);
    } catch (SQLException e) {
      if (stopped) {
        throw stoppedBy(e);
      }
      throw Reachability.failed(Side.SOURCE, source, "Looking for odd values", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stoppedBy(e);
    } finally {
      forget(atExit);
    }
  }

  /** From any thread; also before it has begun. */
  public void stop() {
    stopped = true;
    scan.stop();
  }

  private static MigrationException stoppedBy(Exception cause) {
    return new MigrationException(
        Kind.STOPPED, "Stopped while odd values were looked for; nothing was changed.", cause);
  }

  private static void forget(Thread atExit) {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The process is ending, and the thread has done its work or is about to.
    }
  }
}

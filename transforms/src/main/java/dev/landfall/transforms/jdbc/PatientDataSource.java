package dev.landfall.transforms.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a pool again that had no connection to give in time because all are in use, or because the
 * server or the machine is busy. What a server refuses is thrown as the pool throws it.
 */
final class PatientDataSource extends ForwardingDataSource {
  private static final Logger LOG = LoggerFactory.getLogger(PatientDataSource.class);

  private final long waits;

  /**
   * Patience with a pool.
   *
   * @param patience how long to wait in all: counted in waits and not by the clock, so that a
   *     process that stood still has its time left
   * @param wait how long the pool waits at a time
   */
  PatientDataSource(Supplier<DataSource> pool, Duration patience, Duration wait) {
    super(pool);
    this.waits = Math.max(1, patience.toMillis() / wait.toMillis());
  }

  @Override
  public Connection getConnection() throws SQLException {
    for (long wait = 1; ; wait++) {
      try {
        return pooled();
      } catch (SQLException e) {
        if (wait == waits || !isBusy(e)) {
          throw e;
        }
        LOG.info("waiting for a connection: {}", e.getMessage());
      }
    }
  }

  /** The pool itself is in time only when it has an answer: why it has none is the cause. */
  private static boolean isBusy(SQLException e) {
    return SqlStates.isBusy(e)
        || (e.getCause() instanceof SQLException why && SqlStates.isBusy(why));
  }
}

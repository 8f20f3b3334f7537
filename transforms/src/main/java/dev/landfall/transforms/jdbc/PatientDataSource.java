package dev.landfall.transforms.jdbc;

import dev.landfall.transforms.jdbc.Retries.Policy;
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

  private final Duration patience;

  /** Patience with a pool that waits {@link Retries#POOL_WAIT} at a time. */
  PatientDataSource(Supplier<DataSource> pool, Duration patience) {
    super(pool);
    this.patience = patience;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Retries tries = Retries.of(Policy.CONNECTION, patience);
    while (true) {
      try {
        return pooled();
      } catch (SQLException e) {
        if (!tries.again(e)) {
          throw e;
        }
        LOG.info("waiting for a connection: {}", e.getMessage());
      }
    }
  }
}

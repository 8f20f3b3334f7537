package dev.landfall.transforms.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Asks a pool again that had no connection to give in time because all are in use, or because the
 * server or the machine is busy. What a server refuses is thrown as the pool throws it.
 */
final class PatientDataSource implements DataSource {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(PatientDataSource.class);

  private final Supplier<DataSource> pool;
  private final long waits;

  /**
   * Patience with a pool.
   *
   * @param patience how long to wait in all: counted in waits and not by the clock, so that a
   *     process that stood still has its time left
   * @param wait how long the pool waits at a time
   */
  PatientDataSource(Supplier<DataSource> pool, Duration patience, Duration wait) {
    this.pool = pool;
    this.waits = Math.max(1, patience.toMillis() / wait.toMillis());
  }

  @Override
  public Connection getConnection() throws SQLException {
    for (long wait = 1; ; wait++) {
      try {
        return pool.get().getConnection();
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

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the settings say who logs in");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() throws SQLException {
    return pool.get().getLogWriter();
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
    pool.get().setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    pool.get().setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return pool.get().getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return pool.get().getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return pool.get().unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return pool.get().isWrapperFor(type);
  }
}

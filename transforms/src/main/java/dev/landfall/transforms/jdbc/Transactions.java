package dev.landfall.transforms.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** What is done in a database at once, or not at all. */
public final class Transactions {
  private Transactions() {}

  /** What a transaction does. */
  @FunctionalInterface
  public interface Work<T> {
    /** Does it, over the connection that it was given for. */
    T run() throws SQLException;
  }

  /**
   * Does all of the work or nothing: as a transaction of its own, or as a part of the caller's
   * where auto-commit is off.
   */
  public static <T> T in(Connection connection, Work<T> work) throws SQLException {
    if (!connection.getAutoCommit()) {
      return work.run();
    }
    connection.setAutoCommit(false);
    try {
      T result = work.run();
      connection.commit();
      connection.setAutoCommit(true);
      return result;
    } catch (SQLException | RuntimeException e) {
      try {
        connection.rollback();
        connection.setAutoCommit(true);
      } catch (SQLException broken) {
        e.addSuppressed(broken);
      }
      throw e;
    }
  }
}

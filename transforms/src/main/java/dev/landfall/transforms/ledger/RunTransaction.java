package dev.landfall.transforms.ledger;

import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.sql.LedgerSql;
import dev.landfall.transforms.sql.TransactionSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Transactions of the target that belong to a run: one after the other, whichever process they come
 * from, and none any more once the run has ended. So whoever changes the ledger in one of them can
 * look first and decide on what it saw, and work that goes on somewhere after its run was given up
 * leaves nothing behind.
 *
 * <p>A process that stands still within one holds the others up for a minute at most; the server
 * ends its transaction then.
 */
public final class RunTransaction {
  private RunTransaction() {}

  /** What a transaction does. */
  @FunctionalInterface
  public interface Work {
    /** Changes the ledger; the connection is committed behind it. */
    void change(Connection connection) throws SQLException;
  }

  /**
   * Carries the work out, all of it or nothing.
   *
   * @return false when the run has ended: nothing was changed then
   * @throws SQLException when the work or the commit failed; unless it was the connection that
   *     broke in the commit, nothing was changed
   */
  public static boolean attempt(MigrationKey migration, Work work) throws SQLException {
    // Closing gives the connection back to its pool, which rolls back what was not committed.
    try (Connection connection = Pools.of(migration.target(), Pools.Use.GENERAL).getConnection()) {
      connection.setAutoCommit(false);
      boolean going = hold(connection, migration.run());
      if (going) {
        work.change(connection);
      }
      connection.commit();
      return going;
    }
  }

  /**
   * Carries the work out, all of it or nothing.
   *
   * @throws IllegalStateException when the run has ended
   * @throws SQLException as {@link #attempt} does
   */
  public static void require(MigrationKey migration, Work work) throws SQLException {
    if (!attempt(migration, work)) {
      throw new IllegalStateException(
          "Run "
              + migration.run()
              + " of migration \""
              + migration.name()
              + "\" has ended; whoever still works for it can stop.");
    }
  }

  private static boolean hold(Connection connection, long run) throws SQLException {
    try (Statement limit = connection.createStatement()) {
      limit.execute(TransactionSql.LIMIT_IDLE);
    }
    try (PreparedStatement select = connection.prepareStatement(LedgerSql.HOLD_RUN)) {
      select.setLong(1, run);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }
}

package dev.landfall.transforms.ledger;

import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.jdbc.Query;
import dev.landfall.transforms.sql.TransactionSql;
import java.sql.Connection;
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

  /** False when it has ended. Whoever comes second waits for the first, and so does who ends it. */
  private static boolean hold(Connection connection, long run) throws SQLException {
    try (Statement limit = connection.createStatement()) {
      limit.execute(TransactionSql.LIMIT_IDLE);
    }
    return Query.of(
            connection,
            "SELECT 1 FROM landfall.run WHERE id = :run AND ended IS NULL FOR NO KEY UPDATE")
        .bind("run", run)
        .exists();
  }

  /**
   * Holds a run until the end of the transaction, beside others who do so; who ends the run waits.
   *
   * @throws IllegalStateException when it has ended
   */
  public static void share(Connection connection, MigrationKey migration) throws SQLException {
    if (!Query.of(
            connection, "SELECT 1 FROM landfall.run WHERE id = :run AND ended IS NULL FOR SHARE")
        .bind("run", migration.run())
        .exists()) {
      throw new IllegalStateException(
          "Run " + migration.run() + " of migration \"" + migration.name() + "\" has ended.");
    }
  }

  /**
   * Makes those wait, until the end of the transaction, who refresh keys of the same source table,
   * so that what was read first is written first.
   *
   * @param table its position
   */
  public static void queueForTable(Connection connection, String migration, int table)
      throws SQLException {
    Query.of(
            connection,
            "SELECT pg_advisory_xact_lock(hashtextextended('landfall refresh:' || :table, 0))")
        .bind("table", migration + " " + table)
        .exists();
  }
}

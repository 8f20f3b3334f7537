package dev.landfall.transforms.refresh;

import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Connections;
import dev.landfall.transforms.sql.RefreshSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;

/**
 * Connections for a refresh that holds what it reads of the source until it is closed: whoever
 * wants to write one of these rows, or one with their key, waits. Neither side waits for anybody
 * for long.
 *
 * <p>A plain SELECT in a transaction that is SERIALIZABLE locks as SELECT … LOCK IN SHARE MODE does
 * (MySQL manual 15.7.2.1; MariaDB, SET TRANSACTION), gaps too, and unlike that, or FOR UPDATE, it
 * needs no right but SELECT.
 */
public final class HeldRows {
  /** ER_CHECKREAD, ER_LOCK_WAIT_TIMEOUT, ER_LOCK_DEADLOCK. */
  private static final Set<Integer> SOURCE = Set.of(1020, 1205, 1213);

  /** deadlock_detected, lock_not_available (PostgreSQL manual, appendix A). */
  private static final Set<String> TARGET = Set.of("40P01", "55P03");

  private HeldRows() {}

  /** Whether a connection holds what it reads: it is one that was opened for that. */
  static boolean areHeldBy(Connection connection) {
    try {
      return !connection.getAutoCommit();
    } catch (SQLException e) {
      // Whoever uses it next finds out.
      return false;
    }
  }

  /** Whether tables of that storage engine have rows that can be held. */
  public static boolean possible(String engine) {
    return engine.equalsIgnoreCase("InnoDB");
  }

  /** Opens a connection for one refresh. Closing it lets go what it held. */
  @SuppressWarnings("MustBeClosedChecker")
  public static Connection open(ConnectionSettings settings) throws SQLException {
    Connection connection = Connections.open(settings);
    try (Statement statement = connection.createStatement()) {
      switch (settings.product()) {
        case MYSQL -> {
          statement.execute(RefreshSql.SHORT_LOCK_WAIT_OF_SOURCE);
          // By a statement: the driver leaves out what it takes for set.
          statement.execute(RefreshSql.HOLDING_SOURCE);
          connection.setAutoCommit(false);
        }
        case POSTGRESQL -> statement.execute(RefreshSql.SHORT_LOCK_WAIT_OF_TARGET);
      }
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** In words, when a statement failed since somebody else holds what it wants. */
  public static Optional<String> busy(SQLException e) {
    return SOURCE.contains(e.getErrorCode()) || TARGET.contains(String.valueOf(e.getSQLState()))
        ? Optional.of(String.valueOf(e.getMessage()).strip())
        : Optional.empty();
  }
}

package dev.landfall.transforms.ddl;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.sql.PresentSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;

/**
 * Executes definitions one by one and leaves alone what is there already, so that an interrupted
 * step is resumed by doing it again. What is there is looked up by name <i>and</i> table: {@code IF
 * NOT EXISTS} would take another table's index of that name for its own.
 */
public final class DdlApplier {
  private DdlApplier() {}

  /**
   * Makes the object unless it is there. With auto-commit on, the statement is a transaction of its
   * own; without, it is part of the caller's.
   *
   * @return whether something was made; comments and identities always are
   * @throws MigrationException when the target refuses, caused by the SQLException
   */
  public static boolean apply(Connection connection, DdlStatement statement) {
    return apply(connection, statement, unproved -> {});
  }

  /**
   * The same, telling of constraints that rows of the table break. They are made for new rows only,
   * and are proved again each time that this is called.
   *
   * @param unproved is told of each, once per call
   */
  public static boolean apply(
      Connection connection, DdlStatement statement, Consumer<Unproved> unproved) {
    try {
      if (!statement.claims().isEmpty()) {
        return new Claims(connection, statement, unproved).make();
      }
      if (isDone(connection, statement)) {
        return false;
      }
      try (Statement execution = connection.createStatement()) {
        execution.execute(statement.sql());
      }
      return true;
    } catch (SQLException e) {
      if (isDoneByNow(connection, statement)) {
        return false;
      }
      throw refused(statement, e);
    }
  }

  private static MigrationException refused(DdlStatement statement, SQLException e) {
    return new MigrationException(
        MigrationException.Kind.FAILED,
        "The target refused a definition for "
            + statement.table()
            + ": "
            + e.getMessage()
            + "\n"
            + statement.sql()
            + ";\nWhat was defined before it stays. Remove the cause and run the same command"
            + " again: it goes on from here.",
        e);
  }

  /**
   * Makes a foreign key that is not there for new rows only. To make one locks both tables against
   * all keys that others of them have; to prove it, by {@link #apply}, locks no more than the table
   * that refers.
   *
   * @return false where the server can make it of all rows only
   */
  public static boolean claim(Connection connection, DdlStatement statement) {
    try {
      return new Claims(connection, statement, unproved -> {}).claim();
    } catch (SQLException e) {
      if (isDoneByNow(connection, statement)) {
        return true;
      }
      throw refused(statement, e);
    }
  }

  /**
   * Proves of all rows what holds for new ones only; makes nothing.
   *
   * @param tried is told of each constraint that is tried
   * @param unproved is told, behind that, of those that rows break
   */
  public static void prove(
      Connection connection,
      DdlStatement statement,
      Consumer<DdlStatement.Claim> tried,
      Consumer<Unproved> unproved)
      throws SQLException {
    new Claims(connection, statement, unproved).prove(tried);
  }

  /** The server may have finished it for a run that was killed. */
  private static boolean isDoneByNow(Connection connection, DdlStatement statement) {
    try {
      return connection.getAutoCommit() && isDone(connection, statement);
    } catch (SQLException e) {
      // The connection broke; the first failure says why.
      return false;
    }
  }

  private static boolean isDone(Connection connection, DdlStatement statement) throws SQLException {
    String schema = statement.table().schema();
    String table = statement.table().table();
    return switch (statement.kind()) {
      case SCHEMA -> exists(connection, PresentSql.schemaExists(), statement.name());
      case EXTENSION -> exists(connection, PresentSql.extensionExists(), statement.name());
      case COLLATION -> exists(connection, PresentSql.collationExists(), schema, statement.name());
      case TYPE ->
          exists(connection, PresentSql.enumExists(), schema, statement.name(), statement.sql());
      case TABLE -> exists(connection, PresentSql.tableExists(), schema, table);
      case PARTITION ->
          exists(connection, PresentSql.partitionExists(), schema, table, statement.name());
      case SEQUENCE, VIEW -> exists(connection, PresentSql.tableExists(), schema, statement.name());
      case PRIMARY_KEY, UNIQUE, FOREIGN_KEY, CHECK ->
          exists(connection, PresentSql.constraintExists(), schema, table, statement.name());
      case INDEX, EQUALITY ->
          exists(connection, PresentSql.indexExists(), schema, table, statement.name());
      case TRIGGER ->
          exists(connection, PresentSql.triggerExists(), schema, table, statement.name());
      case COMMENT, IDENTITY, FUNCTION -> false;
    };
  }

  static boolean exists(Connection connection, String sql, String... parameters)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        query.setString(i + 1, parameters[i]);
      }
      try (ResultSet rows = query.executeQuery()) {
        return rows.next();
      }
    }
  }
}

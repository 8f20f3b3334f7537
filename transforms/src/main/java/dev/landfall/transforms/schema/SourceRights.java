package dev.landfall.transforms.schema;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.sql.SourceSql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Finds out, before anything is touched, whether the account can read what is to be moved. */
public final class SourceRights {
  private static final int DENIED_TABLE = 1142;
  private static final int DENIED_COLUMN = 1143;

  /** Enough to make round trips cheap, and a statement still far below the server's limits. */
  private static final int TABLES_PER_STATEMENT = 50;

  private SourceRights() {}

  /**
   * The tables of which the account can't read every column. Opens each table, reads no row.
   *
   * @throws SQLException for any other failure than a missing right
   */
  public static List<TableName> checkReadable(Connection connection, List<SourceTable> tables)
      throws SQLException {
    List<TableName> denied = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      for (int i = 0; i < tables.size(); i += TABLES_PER_STATEMENT) {
        List<SourceTable> some =
            tables.subList(i, Math.min(tables.size(), i + TABLES_PER_STATEMENT));
        if (!isReadable(statement, some)) {
          for (SourceTable table : some) {
            if (!isReadable(statement, List.of(table))) {
              denied.add(table.name());
            }
          }
        }
      }
    }
    return denied;
  }

  private static boolean isReadable(Statement statement, List<SourceTable> tables)
      throws SQLException {
    try {
      statement.execute(SourceSql.readable(tables));
      return true;
    } catch (SQLException e) {
      if (isDenied(e)) {
        return false;
      }
      throw e;
    }
  }

  /** Whether the server refused because the account lacks a right on a table or column. */
  static boolean isDenied(SQLException e) {
    return e.getErrorCode() == DENIED_TABLE || e.getErrorCode() == DENIED_COLUMN;
  }

  /**
   * Refuses to begin unless every column of every table can be read.
   *
   * @throws MigrationException naming all tables without the right, with the statements that grant
   *     it
   * @throws SQLException for any other failure than a missing right
   */
  public static void requireReadable(Connection connection, List<SourceTable> tables)
      throws SQLException {
    List<TableName> denied = checkReadable(connection, tables);
    if (denied.isEmpty()) {
      return;
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(SourceSql.currentUser())) {
      rows.next();
      String account = rows.getString(1);
      throw new MigrationException(
          MigrationException.Kind.USAGE,
          "The account "
              + account
              + " can't read "
              + denied.stream().map(TableName::toString).collect(Collectors.joining(", "))
              + " on the source; nothing was touched. Let an administrator of the source run this,"
              + " or exclude the tables:"
              + denied.stream()
                  .map(table -> "\n  " + SourceSql.grantSelect(table, account))
                  .collect(Collectors.joining()));
    }
  }
}

package dev.landfall.transforms.catalog;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.sql.SourceCatalogSql;
import dev.landfall.transforms.sql.SourceSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out, before anything is touched, whether the account sees all that is to be moved, and can
 * read it.
 */
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
    if (tables.stream().anyMatch(table -> table.columns().isEmpty())) {
      return false;
    }
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
   * What a migration needs to see.
   *
   * @param databases those in which a table that the account does not see might be one that moves
   * @param tables what moves, with the columns that are read
   */
  public record Wanted(List<String> databases, List<SourceTable> tables) {
    public Wanted {
      databases = List.copyOf(databases);
      tables = List.copyOf(tables);
    }
  }

  /**
   * Refuses to begin unless the account sees all that may be meant, so that nothing is left out
   * without a word, and can read what is to be moved.
   *
   * @throws MigrationException naming everything without the right, with the statements that grant
   *     it
   * @throws SQLException for any other failure than a missing right
   */
  public static void require(Connection connection, Wanted wanted) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      SourceView view = new SourceView(statement);
      requireTables(connection, view, wanted);
      List<SourceTable> partly = new ArrayList<>();
      List<SourceTable> rest = new ArrayList<>();
      Map<String, Boolean> whole = new HashMap<>();
      for (SourceTable table : wanted.tables()) {
        String database = table.name().schema();
        if (!whole.containsKey(database)) {
          whole.put(database, view.readsTables(database));
        }
        boolean seen =
            whole.get(database)
                || view.readsColumns(table.name())
                || showsColumns(connection, table.name());
        (seen || table.columns().isEmpty() ? rest : partly).add(table);
      }
      requireColumns(connection, partly, checkReadable(connection, rest));
    }
  }

  private static void requireTables(Connection connection, SourceView view, Wanted wanted)
      throws SQLException {
    List<String> unseen = new ArrayList<>();
    for (String database : wanted.databases()) {
      if (!view.showsTables(database)) {
        unseen.add(database);
      }
    }
    if (!unseen.isEmpty()) {
      String account = account(connection);
      boolean wildcards = !"ON".equals(second(connection, SourceSql.partialRevokes()));
      throw new MigrationException(
          MigrationException.Kind.USAGE,
          "The account "
              + account
              + " may not see every table of "
              + String.join(", ", unseen)
              + " on the source; one that it does not see would be left out without a word. Nothing"
              + " was touched. Let an administrator of the source run this, or name each table that"
              + " is to move under \"tables\" of the spec:"
              + unseen.stream()
                  .map(database -> "\n  " + SourceSql.grantSelect(database, wildcards, account))
                  .collect(Collectors.joining()));
    }
  }

  /** Whether a right of the account itself shows it every column: one that only some have, too. */
  private static boolean showsColumns(Connection connection, TableName table) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(SourceCatalogSql.rightsThatShowColumns())) {
      query.setString(1, table.schema());
      query.setString(2, table.schema());
      query.setString(3, table.table());
      try (ResultSet rows = query.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static void requireColumns(
      Connection connection, List<SourceTable> partly, List<TableName> denied) throws SQLException {
    if (partly.isEmpty() && denied.isEmpty()) {
      return;
    }
    String account = account(connection);
    List<String> messages = new ArrayList<>();
    if (!denied.isEmpty()) {
      messages.add(
          "The account "
              + account
              + " can't read "
              + denied.stream().map(TableName::toString).collect(Collectors.joining(", "))
              + " on the source; nothing was touched. Let an administrator of the source run this,"
              + " or exclude the tables, or omit the columns that it may not read:"
              + grants(denied.stream(), account));
    }
    if (!partly.isEmpty()) {
      messages.add(
          "The account "
              + account
              + " may not see every column of "
              + partly.stream().map(SourceRights::seen).collect(Collectors.joining(", "))
              + " on the source; one that it does not see would be left out without a word. Nothing"
              + " was touched. Let an administrator of the source run this, or grant REFERENCES"
              + " instead, which shows columns and lets none be read, and omit those that may not be"
              + " read:"
              + grants(partly.stream().map(SourceTable::name), account));
    }
    throw new MigrationException(MigrationException.Kind.USAGE, String.join("\n", messages));
  }

  private static String seen(SourceTable table) {
    return table.name()
        + " (it sees "
        + table.columns().stream().map(SourceColumn::name).collect(Collectors.joining(", "))
        + ")";
  }

  private static String grants(Stream<TableName> tables, String account) {
    return tables
        .map(table -> "\n  " + SourceSql.grantSelect(table, account))
        .collect(Collectors.joining());
  }

  /** The second column of the first row; null when there is none. */
  private static @Nullable String second(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(2) : null;
    }
  }

  private static String account(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(SourceSql.currentUser())) {
      rows.next();
      return rows.getString(1);
    }
  }
}

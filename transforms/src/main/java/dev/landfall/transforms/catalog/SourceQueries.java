package dev.landfall.transforms.catalog;

import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.sql.SourceCatalogSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks one database's catalogue. */
final class SourceQueries {
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)(?:\\.(\\d+))?.*");

  private final Connection connection;
  private final String database;
  private final SourceCatalog.Product product;
  private final String version;

  SourceQueries(
      Connection connection, String database, SourceCatalog.Product product, String version) {
    this.connection = connection;
    this.database = database;
    this.product = product;
    this.version = version;
  }

  /** What is done with each row of a result. */
  interface RowAction {
    void accept(ResultSet row) throws SQLException;
  }

  String database() {
    return database;
  }

  SourceCatalog.Product product() {
    return product;
  }

  TableName name(String table) {
    return new TableName(database, table);
  }

  /** Whether it is MySQL of that version or a later one. */
  boolean mysql(int major, int minor, int patch) {
    return product == SourceCatalog.Product.MYSQL && atLeast(major, minor, patch);
  }

  boolean mariadb() {
    return product == SourceCatalog.Product.MARIADB;
  }

  private boolean atLeast(int major, int minor, int patch) {
    Matcher matcher = VERSION.matcher(version);
    if (!matcher.matches()) {
      return false;
    }
    int[] parts = {
      Integer.parseInt(matcher.group(1)),
      Integer.parseInt(matcher.group(2)),
      // Some forks leave the last number out; they are not the first of their line.
      matcher.group(3) == null ? Integer.MAX_VALUE : Integer.parseInt(matcher.group(3))
    };
    return java.util.Arrays.compare(parts, new int[] {major, minor, patch}) >= 0;
  }

  /** Asks about the database, whose name is the one parameter. */
  void each(String sql, RowAction action) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, database);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          action.accept(rows);
        }
      }
    }
  }

  /** Asks without a parameter. */
  void all(String sql, RowAction action) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        action.accept(rows);
      }
    }
  }

  /** Whether the account may read every table of the database. */
  boolean readsTables() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return new SourceView(statement).readsTables(database);
    }
  }

  /** The constraints that the server prints of a table; empty for who may not read it. */
  Optional<ShownConstraints> shown(String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(SourceCatalogSql.showCreate(name(table)))) {
      rows.next();
      return Optional.of(new ShownConstraints(rows.getString(2)));
    } catch (SQLException e) {
      if (SourceRights.isDenied(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

package dev.landfall.transforms.catalog;

import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.sql.SourceCatalogSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What tells a table from another one that has taken its name: InnoDB's number of its file; where
 * it has none of its own, or the server does not tell, InnoDB's number of the table, for which the
 * account needs the right PROCESS; else the second in which it was made. Each stays when MySQL
 * renames a table, and changes when it is made anew or truncated.
 */
public final class SourceIdentities {
  /** Other names are encoded in InnoDB's own tables. */
  private static final Pattern PLAIN = Pattern.compile("\\w+");

  private SourceIdentities() {}

  /**
   * Those of all tables of databases that have one.
   *
   * @throws SQLException when the connection breaks
   */
  public static Map<TableName, String> read(Connection connection, Collection<String> databases)
      throws SQLException {
    Map<TableName, String> identities = new HashMap<>();
    for (String database : databases) {
      Map<TableName, String> made = new HashMap<>();
      rows(connection, SourceCatalogSql.created(), database, made);
      Map<TableName, String> numbers = new HashMap<>();
      if (PLAIN.matcher(database).matches()) {
        for (String sql : SourceCatalogSql.innodbNumbers()) {
          if (!numbers.keySet().containsAll(made.keySet())) {
            known(connection, sql, database).forEach(numbers::putIfAbsent);
          }
        }
      }
      identities.putAll(made);
      identities.putAll(numbers);
    }
    return identities;
  }

  /** None where the account may not ask that, or the server calls it otherwise. */
  private static Map<TableName, String> known(Connection connection, String sql, String database)
      throws SQLException {
    Map<TableName, String> numbers = new HashMap<>();
    try {
      rows(connection, sql, database, numbers);
    } catch (SQLException e) {
      if (!List.of("42000", "42S02").contains(e.getSQLState())) {
        throw e;
      }
    }
    return numbers;
  }

  private static void rows(
      Connection connection, String sql, String database, Map<TableName, String> identities)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, database);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          TableName name = new TableName(database, row.getString(1));
          if (row.getString(2) != null) {
            identities.put(name, row.getString(2));
          }
        }
      }
    }
  }
}

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
 * What tells a table from another one that has taken its name: InnoDB's number of it where the
 * account may ask for that (it needs the right PROCESS), else the second in which it was made.
 * Either stays when MySQL renames a table, and changes when it is made anew.
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
      rows(connection, SourceCatalogSql.created(), database, database, identities);
      if (PLAIN.matcher(database).matches()) {
        for (String sql : SourceCatalogSql.innodbTables()) {
          try {
            rows(connection, sql, database, database, identities);
            break;
          } catch (SQLException e) {
            if (!List.of("42000", "42S02").contains(e.getSQLState())) {
              throw e;
            }
            // No right, or a server that calls it otherwise.
          }
        }
      }
    }
    return identities;
  }

  private static void rows(
      Connection connection,
      String sql,
      String parameter,
      String database,
      Map<TableName, String> identities)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, parameter);
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

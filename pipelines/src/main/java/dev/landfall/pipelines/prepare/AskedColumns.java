package dev.landfall.pipelines.prepare;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Connections;
import dev.landfall.transforms.jdbc.SqlStates;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.sql.AskedSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Expressions of a spec that the source evaluates: it is asked whether it can. */
final class AskedColumns {
  private AskedColumns() {}

  /**
   * Has the source look at each expression, and at no row.
   *
   * @throws MigrationException of kind USAGE with all that it refuses, in its own words
   */
  static void require(ConnectionSettings source, Mapping mapping) throws SQLException {
    List<TableMapping> asking =
        mapping.tables().stream()
            .filter(table -> table.read().stream().anyMatch(column -> column.asked() != null))
            .toList();
    if (asking.isEmpty()) {
      return;
    }
    List<String> refused = new ArrayList<>();
    try (Connection connection = Connections.open(source);
        Statement statement = connection.createStatement()) {
      for (TableMapping table : asking) {
        for (SourceColumn column : table.read()) {
          if (column.asked() != null) {
            try {
              statement.executeQuery(AskedSql.check(table, List.of(column))).close();
            } catch (SQLException e) {
              if (SqlStates.classify(e) == SqlStates.Failure.TRANSIENT) {
                throw e;
              }
              refused.add(
                  "\n  " + table.source().name() + ", " + column.name() + ": " + e.getMessage());
            }
          }
        }
      }
    }
    if (!refused.isEmpty()) {
      throw new MigrationException(
          MigrationException.Kind.USAGE,
          "The source can't evaluate what the spec asks it for; nothing was touched:"
              + String.join("", refused));
    }
  }
}

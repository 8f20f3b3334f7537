package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.jdbc.Query;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.RoundStatements;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The rows of a source table that a comparison has read whole, row by row.
 *
 * @param read all of them
 * @param filtered those that go to no target
 */
public record TableRead(long read, long filtered) {
  /**
   * Of each table, by its position; as part of the connection's transaction, while there are plans.
   */
  public static Map<Integer, TableRead> of(Connection connection, MigrationKey migration)
      throws SQLException {
    Map<Integer, TableRead> rows = new LinkedHashMap<>();
    Query.of(connection, RoundStatements.ROWS_READ)
        .bind("name", migration.name())
        .each(
            row ->
                rows.put(
                    row.integer("table_position"),
                    new TableRead(row.number("read"), row.number("filtered"))));
    return rows;
  }
}

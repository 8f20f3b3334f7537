package dev.landfall.transforms.load;

import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.value.Rows;
import java.sql.Connection;
import java.sql.SQLException;

/** Copies rows that are in memory into a table, as part of the connection's transaction. */
public final class CopyRows {
  private CopyRows() {}

  /**
   * Copies all rows in order, all or none.
   *
   * @throws SQLException of class 22 or 23 when the target refuses one of them
   */
  public static void into(Connection connection, TargetTable table, Rows rows) throws SQLException {
    new CopyWriter(table).writeText(connection, rows, 0, rows.size());
  }
}

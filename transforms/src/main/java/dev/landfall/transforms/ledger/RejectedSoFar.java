package dev.landfall.transforms.ledger;

import dev.landfall.transforms.sql.LedgerSql;
import dev.landfall.transforms.sql.RejectSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was rejected so far, by all runs of a migration.
 *
 * @param rows rejected rows
 * @param of rows of the whole migration, read or planned
 * @param columns columns with the most of them, those first
 * @param more how many columns with rejects are not among those
 */
public record RejectedSoFar(long rows, long of, List<Column> columns, long more) {
  private static final int MOST = 10;

  public RejectedSoFar {
    columns = List.copyOf(columns);
  }

  /**
   * Rows that were rejected for a column.
   *
   * @param table {@code database.table} of the source
   * @param column null where PostgreSQL did not say
   * @param reason that of the most of them
   */
  public record Column(String table, @Nullable String column, long rows, String reason) {}

  /** Reads it. */
  public static RejectedSoFar read(Connection connection, String migration) throws SQLException {
    List<Column> columns = new ArrayList<>();
    long all = 0;
    try (PreparedStatement select = connection.prepareStatement(RejectSql.COLUMNS)) {
      select.setString(1, migration);
      select.setInt(2, MOST);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          columns.add(
              new Column(row.getString(1), row.getString(2), row.getLong(3), row.getString(4)));
          all = row.getLong(5);
        }
      }
    }
    try (PreparedStatement count = connection.prepareStatement(LedgerSql.REJECTED)) {
      count.setString(1, migration);
      try (ResultSet sums = count.executeQuery()) {
        sums.next();
        return new RejectedSoFar(
            sums.getLong(1), sums.getLong(2), columns, Math.max(0, all - columns.size()));
      }
    }
  }
}

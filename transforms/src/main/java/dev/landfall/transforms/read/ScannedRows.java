package dev.landfall.transforms.read;

import dev.landfall.transforms.sql.BoundQuery;
import dev.landfall.transforms.value.Rows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads the rows of a query that gives many, some of them in memory at a time. */
public final class ScannedRows {
  /**
   * So many rows at most are handed over together: whoever converts them asks about all at once.
   */
  private static final int ROWS = 10_000;

  /** So much of them at most, and a row. */
  private static final int BYTES = 1 << 20;

  /** So many rows PostgreSQL sends at once. */
  private static final int FETCHED = 500;

  private ScannedRows() {}

  /** Takes rows as they come. */
  @FunctionalInterface
  public interface Consumer {
    /** Takes some rows. What it throws ends the reading, and the connection with it. */
    void accept(Rows rows) throws SQLException;
  }

  /** Reads from a source, whose driver sends rows one by one when it is asked for that. */
  public static void ofSource(Connection connection, BoundQuery query, Consumer consumer)
      throws SQLException {
    scan(connection, query, Integer.MIN_VALUE, consumer);
  }

  /** Reads from a target, within a transaction: else the driver takes all rows at once. */
  public static void ofTarget(Connection connection, BoundQuery query, Consumer consumer)
      throws SQLException {
    scan(connection, query, FETCHED, consumer);
  }

  private static void scan(
      Connection connection, BoundQuery query, int fetchSize, Consumer consumer)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(query.sql())) {
      select.setFetchSize(fetchSize);
      query.bind(select);
      try (ResultSet results = select.executeQuery()) {
        int columns = results.getMetaData().getColumnCount();
        RowCursor cursor = RowCursor.of(results, columns);
        Rows.Builder rows = Rows.builder(columns);
        while (cursor.next()) {
          cursor.addTo(rows);
          if (rows.size() == ROWS || rows.byteCount() >= BYTES) {
            take(rows.build(), consumer, connection);
            rows = Rows.builder(columns);
          }
        }
        take(rows.build(), consumer, connection);
      }
    }
  }

  private static void take(Rows rows, Consumer consumer, Connection connection)
      throws SQLException {
    try {
      consumer.accept(rows);
    } catch (SQLException | RuntimeException e) {
      // Else the driver reads what is left, be it a billion rows, before it closes; what is being
      // read can't be cancelled.
      connection.abort(Runnable::run);
      tellPool(connection);
      throw e;
    }
  }

  /** A pool finds out by the next call that fails; until then it would lend the connection on. */
  private static void tellPool(Connection connection) {
    try {
      connection.createStatement().close();
    } catch (SQLException lost) {
      // As it has to be.
    }
  }
}

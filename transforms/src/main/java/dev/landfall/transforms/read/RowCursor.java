package dev.landfall.transforms.read;

import dev.landfall.transforms.value.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Walks the rows that a server sends and gives their values as it sent them. */
interface RowCursor {
  /** Steps to the next row; false when there is none. Not to be called again after that. */
  boolean next() throws SQLException;

  /** Adds the values of the row that it stands on. */
  void addTo(Rows.Builder rows) throws SQLException;

  /** The quickest cursor that there is for a result set. */
  static RowCursor of(ResultSet results, int columns) throws SQLException {
    if (results.isWrapperFor(com.mysql.cj.protocol.Resultset.class)) {
      return new MySqlCursor(results.unwrap(com.mysql.cj.protocol.Resultset.class), columns);
    }
    // The driver's own, without the pool's shell around every call.
    ResultSet own =
        results.isWrapperFor(ResultSet.class) ? results.unwrap(ResultSet.class) : results;
    RowCursor postgresql = PgCursor.of(own, columns);
    return postgresql == null ? new JdbcCursor(own, columns) : postgresql;
  }

  /** Any driver's rows. */
  record JdbcCursor(ResultSet results, int columns) implements RowCursor {
    @Override
    public boolean next() throws SQLException {
      return results.next();
    }

    @Override
    public void addTo(Rows.Builder rows) throws SQLException {
      for (int column = 1; column <= columns; column++) {
        rows.addBytes(results.getBytes(column));
      }
    }
  }
}

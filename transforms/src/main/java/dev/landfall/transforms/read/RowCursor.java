package dev.landfall.transforms.read;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Walks the rows of a result set and gives their values as the server sent them. */
interface RowCursor {
  /** Steps to the next row; false when there is none. Not to be called again after that. */
  boolean next() throws SQLException;

  /** The value in that column of the current row, from 0; null for NULL. */
  byte @Nullable [] bytes(int column) throws SQLException;

  /** The quickest cursor that there is for a result set. */
  static RowCursor of(ResultSet results) throws SQLException {
    if (results.isWrapperFor(com.mysql.cj.protocol.Resultset.class)) {
      return new MySqlCursor(results.unwrap(com.mysql.cj.protocol.Resultset.class));
    }
    // The driver's own, without the pool's shell around every call.
    return new JdbcCursor(
        results.isWrapperFor(ResultSet.class) ? results.unwrap(ResultSet.class) : results);
  }

  /** Any driver's rows. */
  record JdbcCursor(ResultSet results) implements RowCursor {
    @Override
    public boolean next() throws SQLException {
      return results.next();
    }

    @Override
    public byte @Nullable [] bytes(int column) throws SQLException {
      return results.getBytes(column + 1);
    }
  }
}

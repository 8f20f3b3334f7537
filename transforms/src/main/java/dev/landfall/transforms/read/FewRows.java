package dev.landfall.transforms.read;

import dev.landfall.transforms.sql.BoundQuery;
import dev.landfall.transforms.value.Rows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads the rows of a query that gives few, all into memory. */
public final class FewRows {
  private FewRows() {}

  /** The rows, with the values as the server sent them. */
  public static Rows read(Connection connection, BoundQuery query) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(query.sql())) {
      query.bind(select);
      return read(select);
    }
  }

  /** The same of a statement whose parameters are bound. */
  public static Rows read(PreparedStatement select) throws SQLException {
    return read(select, Long.MAX_VALUE);
  }

  /**
   * The first rows of a source's query, until they have so many bytes together; at least one row,
   * where there is one. The query must have a limit: the driver reads what is left of it.
   */
  public static Rows readSome(Connection connection, BoundQuery query, long bytes)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(query.sql())) {
      // Row by row (Connector/J's manual, "ResultSet"): a thousand rows may be of any size.
      select.setFetchSize(Integer.MIN_VALUE);
      query.bind(select);
      return read(select, bytes);
    }
  }

  private static Rows read(PreparedStatement select, long bytes) throws SQLException {
    try (ResultSet results = select.executeQuery()) {
      int columns = results.getMetaData().getColumnCount();
      RowCursor cursor = RowCursor.of(results, columns);
      Rows.Builder rows = Rows.builder(columns);
      while (rows.byteCount() < bytes && cursor.next()) {
        cursor.addTo(rows);
      }
      return rows.build();
    }
  }
}

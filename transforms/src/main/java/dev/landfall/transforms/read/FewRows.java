package dev.landfall.transforms.read;

import dev.landfall.transforms.sql.BoundQuery;
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
    try (ResultSet results = select.executeQuery()) {
      int columns = results.getMetaData().getColumnCount();
      RowCursor cursor = RowCursor.of(results, columns);
      Rows.Builder rows = Rows.builder(columns);
      while (cursor.next()) {
        cursor.addTo(rows);
      }
      return rows.build();
    }
  }
}

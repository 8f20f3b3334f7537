package dev.landfall.pipelines.check;

import java.io.Serial;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a query of a user's gives, as texts that mean the same on both sides: bytes in
 * hexadecimal, booleans as 1 and 0, times in UTC without zeros behind their seconds, numbers as
 * decimals without zeros behind the point.
 *
 * @param labels the columns' names
 * @param numeric which of them are numbers
 * @param rows the rows, in the order of the query
 */
record QueryRows(List<String> labels, List<Boolean> numeric, List<List<@Nullable String>> rows) {
  /** Rows are held in memory and told from each other; a check is for sums, not for tables. */
  static final int MOST = 100_000;

  /** A query gave more rows than can be looked at. */
  static final class TooManyException extends Exception {
    @Serial private static final long serialVersionUID = 1L;
  }

  /** Runs a query in a transaction that can't change anything, and ends it. */
  static QueryRows of(Connection connection, String sql, Duration timeout)
      throws SQLException, TooManyException {
    connection.setAutoCommit(true);
    connection.setReadOnly(true);
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout((int) timeout.toSeconds());
      statement.setMaxRows(MOST + 1);
      try (ResultSet rows = statement.executeQuery(sql)) {
        return read(rows);
      }
    } finally {
      connection.rollback();
    }
  }

  private static QueryRows read(ResultSet result) throws SQLException, TooManyException {
    ResultSetMetaData columns = result.getMetaData();
    List<String> labels = new ArrayList<>();
    List<Boolean> numeric = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      labels.add(columns.getColumnLabel(i));
      numeric.add(isNumber(columns, i));
    }
    List<List<@Nullable String>> rows = new ArrayList<>();
    while (result.next()) {
      if (rows.size() == MOST) {
        throw new TooManyException();
      }
      List<@Nullable String> row = new ArrayList<>();
      for (int i = 1; i <= labels.size(); i++) {
        row.add(value(result, columns, i));
      }
      rows.add(Collections.unmodifiableList(row));
    }
    return new QueryRows(labels, numeric, rows);
  }

  private static boolean isNumber(ResultSetMetaData columns, int column) throws SQLException {
    return switch (columns.getColumnType(column)) {
      case Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.DECIMAL,
          Types.NUMERIC,
          Types.REAL,
          Types.FLOAT,
          Types.DOUBLE ->
          true;
      // pgjdbc calls a boolean a bit.
      case Types.BIT, Types.BOOLEAN -> columns.getColumnTypeName(column).startsWith("bool");
      default -> false;
    };
  }

  private static @Nullable String value(ResultSet row, ResultSetMetaData columns, int column)
      throws SQLException {
    int type = columns.getColumnType(column);
    if (type == Types.BINARY || type == Types.VARBINARY || type == Types.LONGVARBINARY) {
      byte[] bytes = row.getBytes(column);
      return bytes == null ? null : HexFormat.of().formatHex(bytes);
    }
    String text = row.getString(column);
    if (text == null) {
      return null;
    }
    if (columns.getColumnTypeName(column).startsWith("bool")) {
      return text.startsWith("t") ? "1" : "0";
    }
    if (type == Types.TIMESTAMP || type == Types.TIME || type == Types.TIMESTAMP_WITH_TIMEZONE) {
      return text.replaceFirst("\\+00(:00)?$", "")
          .replaceFirst("(\\.\\d*?)0+$", "$1")
          .replaceFirst("\\.$", "");
    }
    BigDecimal number = isNumber(columns, column) ? number(text) : null;
    return number == null ? text : plain(number);
  }

  /** The number in a text, null for what is none, such as NaN. */
  static @Nullable BigDecimal number(String text) {
    try {
      return new BigDecimal(text.strip());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}

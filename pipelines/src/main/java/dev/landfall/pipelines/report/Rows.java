package dev.landfall.pipelines.report;

import dev.landfall.pipelines.report.Report.Some;
import dev.landfall.pipelines.report.Report.Values;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Carries out a report's queries and makes records of their rows. */
final class Rows {
  private final Connection connection;

  Rows(Connection connection) {
    this.connection = connection;
  }

  /** Makes something of a row. */
  interface Maker<T> {
    T make(Row row) throws SQLException;
  }

  /** What each row gives. */
  <T> List<T> read(String sql, Maker<T> maker, Object... parameters) throws SQLException {
    return some(sql, 0, maker, parameters).shown();
  }

  /**
   * The same with the number of all rows there are.
   *
   * @param all the column that has it, 0 for the number of those that were read
   */
  <T> Some<T> some(String sql, int all, Maker<T> maker, Object... parameters) throws SQLException {
    List<T> made = new ArrayList<>();
    long count = 0;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        select.setObject(i + 1, parameters[i]);
      }
      try (ResultSet result = select.executeQuery()) {
        Row row = new Row(result);
        while (result.next()) {
          made.add(maker.make(row));
          count = all == 0 ? made.size() : result.getLong(all);
        }
      }
    }
    return new Some<>(made, count);
  }

  /** The row that a query is at; columns are counted from 1. */
  record Row(ResultSet result) {
    long number(int column) throws SQLException {
      return result.getLong(column);
    }

    @Nullable Long orNull(int column) throws SQLException {
      long number = result.getLong(column);
      return result.wasNull() ? null : number;
    }

    double decimal(int column) throws SQLException {
      return result.getDouble(column);
    }

    boolean bool(int column) throws SQLException {
      return result.getBoolean(column);
    }

    String text(int column) throws SQLException {
      return Objects.requireNonNull(result.getString(column));
    }

    @Nullable String textOrNull(int column) throws SQLException {
      return result.getString(column);
    }

    Instant instant(int column) throws SQLException {
      return Objects.requireNonNull(result.getTimestamp(column)).toInstant();
    }

    @Nullable Instant instantOrNull(int column) throws SQLException {
      Timestamp timestamp = result.getTimestamp(column);
      return timestamp == null ? null : timestamp.toInstant();
    }

    List<String> texts(int column) throws SQLException {
      return Arrays.asList((String[]) result.getArray(column).getArray());
    }

    /** Two arrays as a map. */
    Map<String, @Nullable String> pairs(int keys, int values) throws SQLException {
      List<String> names = texts(keys);
      @Nullable String[] texts = (String[]) result.getArray(values).getArray();
      Map<String, @Nullable String> pairs = new LinkedHashMap<>();
      for (int i = 0; i < names.size(); i++) {
        pairs.put(names.get(i), texts[i]);
      }
      return pairs;
    }

    /** Three arrays as a map: columns, the source's values, the target's. */
    Map<String, Values> values(int keys, int source, int target) throws SQLException {
      Map<String, Values> values = new LinkedHashMap<>();
      Map<String, @Nullable String> of = pairs(keys, target);
      pairs(keys, source)
          .forEach((column, value) -> values.put(column, new Values(value, of.get(column))));
      return values;
    }
  }
}

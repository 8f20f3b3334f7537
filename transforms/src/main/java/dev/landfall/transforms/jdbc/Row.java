package dev.landfall.transforms.jdbc;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The row that a {@link Query} is at, by the names of its columns. What is NULL is an error that
 * names the column, unless the method says that it may be.
 */
public final class Row {
  private final ResultSet row;

  Row(ResultSet row) {
    this.row = row;
  }

  /** A text, or any other value as PostgreSQL prints it. */
  public String text(String column) throws SQLException {
    return required(column, textOrNull(column));
  }

  public @Nullable String textOrNull(String column) throws SQLException {
    return row.getString(column);
  }

  public long number(String column) throws SQLException {
    return required(column, numberOrNull(column));
  }

  public @Nullable Long numberOrNull(String column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? null : number;
  }

  public int integer(String column) throws SQLException {
    return Math.toIntExact(number(column));
  }

  public double decimal(String column) throws SQLException {
    double number = row.getDouble(column);
    return required(column, row.wasNull() ? null : number);
  }

  public boolean isTrue(String column) throws SQLException {
    boolean truth = row.getBoolean(column);
    return required(column, row.wasNull() ? null : truth);
  }

  public byte @Nullable [] bytesOrNull(String column) throws SQLException {
    return row.getBytes(column);
  }

  public Instant instant(String column) throws SQLException {
    return required(column, instantOrNull(column));
  }

  public @Nullable Instant instantOrNull(String column) throws SQLException {
    Timestamp timestamp = row.getTimestamp(column);
    return timestamp == null ? null : timestamp.toInstant();
  }

  /** An array of texts, none of which is NULL. */
  public List<String> texts(String column) throws SQLException {
    return required(column, textsOrNull(column));
  }

  /** The same, or NULL. */
  public @Nullable List<String> textsOrNull(String column) throws SQLException {
    Array array = row.getArray(column);
    return array == null ? null : List.of((String[]) array.getArray());
  }

  /** An array of whatever it is, as the driver gives it; NULL is one without elements. */
  public @Nullable Object[] array(String column) throws SQLException {
    Array array = row.getArray(column);
    return array == null ? new Object[0] : (Object[]) array.getArray();
  }

  /** Two arrays as a map in their order: names, and texts that may be NULL. */
  public Map<String, @Nullable String> pairs(String names, String texts) throws SQLException {
    List<String> keys = texts(names);
    @Nullable Object[] values = array(texts);
    Map<String, @Nullable String> pairs = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      pairs.put(keys.get(i), (String) values[i]);
    }
    return pairs;
  }

  private static <T> T required(String column, @Nullable T value) {
    if (value == null) {
      throw new IllegalStateException(column + " is NULL");
    }
    return value;
  }
}

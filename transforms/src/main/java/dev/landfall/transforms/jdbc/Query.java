package dev.landfall.transforms.jdbc;

import dev.landfall.transforms.model.TableName;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A statement of PostgreSQL whose parameters have names, {@code :run}, and are bound by them. One
 * that is in the text twice is bound once.
 *
 * <p>Nothing is sent, and nothing is open, before one of the methods that carry it out: each
 * prepares the statement, and closes it before it returns or throws. It may be bound and carried
 * out again.
 *
 * <p>Our own, because what the ledger needs of JDBI is these lines: a megabyte more in the jar, and
 * a quarter of a second to load it before each command, would be for the rest of it.
 */
public final class Query {
  private final Connection connection;
  private final NamedParameters statement;
  private final Map<String, @Nullable Object> values = new HashMap<>();
  private final List<List<@Nullable Object>> batch = new ArrayList<>();

  private Query(Connection connection, NamedParameters statement) {
    this.connection = connection;
    this.statement = statement;
  }

  /** The statement, to be bound and carried out over that connection. */
  public static Query of(Connection connection, String sql) {
    return new Query(connection, NamedParameters.of(sql));
  }

  /** Makes something of a row. */
  @FunctionalInterface
  public interface RowMapper<T> {
    T map(Row row) throws SQLException;
  }

  /** Takes a row. */
  @FunctionalInterface
  public interface RowTaker {
    void take(Row row) throws SQLException;
  }

  /** So many are sent at once, and kept before that. */
  private static final int BATCH = 1_000;

  /** Values of an array's elements. */
  private record Elements(String type, List<@Nullable Object> values) {
    /** The driver wants arrays of bytes in one of their own type. */
    Object[] array() {
      return type.equals("bytea") ? values.toArray(new byte[0][]) : values.toArray();
    }
  }

  /**
   * Gives a parameter its value, until it gets another one.
   *
   * @param value String, Long, Integer, Boolean, BigDecimal, Instant, {@code byte[]}, or null
   * @throws IllegalArgumentException when the statement has no such parameter
   */
  public Query bind(String name, @Nullable Object value) {
    if (!statement.names().contains(name)) {
      throw new IllegalArgumentException("There is no :" + name + " in " + statement.sql());
    }
    values.put(name, value);
    return this;
  }

  /**
   * The same for an array.
   *
   * @param type of its elements, as PostgreSQL calls it
   */
  public Query bind(String name, String type, @Nullable Collection<?> elements) {
    return bind(name, elements == null ? null : new Elements(type, new ArrayList<>(elements)));
  }

  /** Gives {@code :schemas} and {@code :names} those of the tables, each at the same place. */
  public Query bindTables(Collection<TableName> tables) {
    return bind("schemas", "text", tables.stream().map(TableName::schema).toList())
        .bind("names", "text", tables.stream().map(TableName::table).toList());
  }

  /** Carries it out; gives the number of rows that were changed. */
  public int update() throws SQLException {
    try (PreparedStatement prepared = prepare()) {
      return prepared.executeUpdate();
    }
  }

  /**
   * Carries it out, several statements too, which go in one round trip; all results are dropped.
   */
  public void execute() throws SQLException {
    try (PreparedStatement prepared = prepare()) {
      prepared.execute();
    }
  }

  /**
   * Adds what is bound to a batch, of which a part may be carried out at once; values stay bound
   * for the next.
   */
  public void addBatch() throws SQLException {
    batch.add(bound());
    if (batch.size() == BATCH) {
      executeBatch();
    }
  }

  /** Carries it out for each that was added and not yet carried out, in order. */
  public void executeBatch() throws SQLException {
    if (batch.isEmpty()) {
      return;
    }
    try (PreparedStatement prepared = connection.prepareStatement(statement.sql())) {
      for (List<@Nullable Object> one : batch) {
        fill(prepared, one);
        prepared.addBatch();
      }
      prepared.executeBatch();
    }
    batch.clear();
  }

  /** Carries it out and gives each row, in order. */
  public void each(RowTaker taker) throws SQLException {
    each(0, taker);
  }

  /**
   * The same for results that may be long.
   *
   * @param fetched how many rows are in memory at a time, in a transaction; 0 for all
   */
  public void each(int fetched, RowTaker taker) throws SQLException {
    try (PreparedStatement prepared = prepare()) {
      prepared.setFetchSize(fetched);
      try (ResultSet result = prepared.executeQuery()) {
        Row row = new Row(result);
        while (result.next()) {
          taker.take(row);
        }
      }
    }
  }

  /** What each row gives, in order. */
  public <T> List<T> list(RowMapper<T> mapper) throws SQLException {
    List<T> list = new ArrayList<>();
    each(row -> list.add(mapper.map(row)));
    return list;
  }

  /** What the first row gives; empty when there is none. */
  public <T> Optional<T> one(RowMapper<T> mapper) throws SQLException {
    try (PreparedStatement prepared = prepare()) {
      try (ResultSet result = prepared.executeQuery()) {
        return result.next() ? Optional.of(mapper.map(new Row(result))) : Optional.empty();
      }
    }
  }

  /** Whether it gives a row, whatever is in it. */
  public boolean exists() throws SQLException {
    return one(row -> true).isPresent();
  }

  /** The number in the first column of the only row. */
  public long number() throws SQLException {
    return first(result -> result.getLong(1));
  }

  /** The truth in the first column of the only row. */
  public boolean isTrue() throws SQLException {
    return first(result -> result.getBoolean(1));
  }

  private interface First<T> {
    T of(ResultSet result) throws SQLException;
  }

  private <T> T first(First<T> value) throws SQLException {
    try (PreparedStatement prepared = prepare()) {
      try (ResultSet result = prepared.executeQuery()) {
        T found = result.next() ? value.of(result) : null;
        if (found == null || result.wasNull()) {
          throw new IllegalStateException("There is no value of " + statement.sql());
        }
        return found;
      }
    }
  }

  private PreparedStatement prepare() throws SQLException {
    List<@Nullable Object> bound = bound();
    PreparedStatement prepared = connection.prepareStatement(statement.sql());
    try {
      fill(prepared, bound);
      return prepared;
    } catch (SQLException | RuntimeException e) {
      prepared.close();
      throw e;
    }
  }

  /** The values by their places. */
  private List<@Nullable Object> bound() {
    List<@Nullable Object> bound = new ArrayList<>(statement.names().size());
    for (String name : statement.names()) {
      Object value = values.get(name);
      if (value == null && !values.containsKey(name)) {
        throw new IllegalStateException(":" + name + " is not bound in " + statement.sql());
      }
      bound.add(value);
    }
    return bound;
  }

  private void fill(PreparedStatement prepared, List<@Nullable Object> bound) throws SQLException {
    for (int i = 0; i < bound.size(); i++) {
      set(prepared, i + 1, bound.get(i));
    }
  }

  private void set(PreparedStatement prepared, int place, @Nullable Object value)
      throws SQLException {
    if (value == null) {
      // Of no type, so that it is of the one that its place wants.
      prepared.setNull(place, Types.NULL);
    } else if (value instanceof Elements elements) {
      prepared.setArray(place, connection.createArrayOf(elements.type(), elements.array()));
    } else if (value instanceof Instant instant) {
      prepared.setTimestamp(place, Timestamp.from(instant));
    } else if (value instanceof String
        || value instanceof Long
        || value instanceof Integer
        || value instanceof Boolean
        || value instanceof BigDecimal
        || value instanceof byte[]) {
      prepared.setObject(place, value);
    } else {
      throw new IllegalArgumentException("There is no way to bind a " + value.getClass().getName());
    }
  }
}

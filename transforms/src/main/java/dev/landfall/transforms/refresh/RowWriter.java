package dev.landfall.transforms.refresh;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.read.FewRows;
import dev.landfall.transforms.sql.BoundQuery;
import dev.landfall.transforms.sql.RefreshFactsSql;
import dev.landfall.transforms.sql.RefreshSql;
import dev.landfall.transforms.value.Rows;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes single rows of one target table, over one connection. */
final class RowWriter {
  /** character_not_in_repertoire (PostgreSQL manual, appendix A). */
  private static final String BAD_ENCODING = "22021";

  private final Connection connection;
  private final TargetTable table;
  private final TableFacts facts;

  RowWriter(Connection connection, TargetTable table, TableFacts facts) {
    this.connection = connection;
    this.table = table;
    this.facts = facts;
  }

  TableFacts facts() {
    return facts;
  }

  /** Inserts rows, and lets the sequences that number them go on behind them. */
  void insert(List<KeyedRow> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement insert = connection.prepareStatement(RefreshSql.insert(table))) {
      for (KeyedRow row : rows) {
        bind(insert, 1, table.loaded(), row);
        insert.addBatch();
      }
      requireOneEach(insert.executeBatch());
    }
    for (Map.Entry<String, String> sequence : facts.sequences().entrySet()) {
      advance(sequence.getKey(), sequence.getValue(), rows);
    }
  }

  /** Sets the rows that have the keys of {@code current} to what {@code wanted} are. */
  void update(List<KeyedRow> current, List<KeyedRow> wanted) throws SQLException {
    List<ColumnMapping> columns = RefreshSql.settable(table, facts.numbered());
    String set = RefreshSql.set(table, facts.numbered());
    Map<String, PreparedStatement> statements = new LinkedHashMap<>();
    try {
      for (int i = 0; i < wanted.size(); i++) {
        BoundQuery where = RefreshSql.where(table, current.get(i).key(table));
        PreparedStatement update = statements.get(where.sql());
        if (update == null) {
          update = connection.prepareStatement(set + where.sql());
          statements.put(where.sql(), update);
        }
        bind(update, 1, columns, wanted.get(i));
        bindAll(update, columns.size() + 1, where.parameters());
        update.addBatch();
      }
      for (PreparedStatement update : statements.values()) {
        requireOneEach(update.executeBatch());
      }
    } finally {
      for (PreparedStatement update : statements.values()) {
        update.close();
      }
    }
  }

  /** A trigger of the user's can keep a row from being written without a word. */
  private void requireOneEach(int[] counts) throws SQLException {
    for (int count : counts) {
      if (count != 1) {
        throw new SQLException(
            table.name() + " wrote " + count + " rows where it was to write one", "44000");
      }
    }
  }

  /**
   * Deletes the row with a key.
   *
   * @return the foreign key by which rows refer to it that would be deleted or changed as well;
   *     nothing was deleted then. Null when the row is gone
   */
  @Nullable String delete(List<@Nullable String> key) throws SQLException {
    execute(RefreshSql.lock(table, key));
    if (update(RefreshSql.delete(table, key, facts.references())) > 0) {
      return null;
    }
    for (RefreshSql.Reference reference : facts.references()) {
      if (reference.spreadsDeletes() && execute(RefreshSql.referred(table, key, reference))) {
        return reference.name() + " of " + reference.table();
      }
    }
    return null;
  }

  /** Whether rows refer to the row with a key that an update would take their reference from. */
  @Nullable String losing(List<@Nullable String> key, List<String> changing) throws SQLException {
    for (RefreshSql.Reference reference : facts.references()) {
      if (reference.losesUpdates()
          && reference.referenced().stream().anyMatch(changing::contains)
          && execute(RefreshSql.referred(table, key, reference))) {
        return reference.name() + " of " + reference.table();
      }
    }
    return null;
  }

  /** By which foreign key rows that would be changed refer to rows with a key; null for none. */
  @Nullable String referring(List<@Nullable String> key) throws SQLException {
    for (RefreshSql.Reference reference : facts.references()) {
      if ((reference.spreadsDeletes() || reference.losesUpdates())
          && execute(RefreshSql.referred(table, key, reference))) {
        return reference.name() + " of " + reference.table();
      }
    }
    return null;
  }

  /** Deletes all rows with a key but one; nothing refers to any of them. */
  void deleteCopies(List<@Nullable String> key) throws SQLException {
    update(RefreshSql.deleteCopies(table, key));
  }

  /** Deletes so many of the rows that are written like that one; returns how many there were. */
  long deleteSome(KeyedRow row, long count) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(RefreshSql.deleteSome(table))) {
      bind(delete, 1, table.columns(), row);
      delete.setLong(table.columns().size() + 1, count);
      return delete.executeUpdate();
    }
  }

  /** Gives a column of the row with a key another value for the time being. */
  void park(List<@Nullable String> key, String column, @Nullable String value) throws SQLException {
    BoundQuery park = RefreshSql.park(table, column, key);
    try (PreparedStatement update = connection.prepareStatement(park.sql())) {
      setText(update, 1, value);
      bindAll(update, 2, park.parameters());
      requireOneEach(new int[] {update.executeUpdate()});
    }
  }

  /** The rows that a unique index takes for equal to one that is to be. */
  Rows inTheWay(Conflict conflict, KeyedRow row) throws SQLException {
    List<RefreshFactsSql.IndexPart> index = new ArrayList<>();
    try (PreparedStatement select = prepare(RefreshFactsSql.UNIQUE_INDEX, conflict);
        ResultSet part = select.executeQuery()) {
      while (part.next()) {
        index.add(
            new RefreshFactsSql.IndexPart(part.getString(1), part.getString(2), part.getString(3)));
      }
    }
    if (index.isEmpty()) {
      return Rows.builder(table.columns().size()).build();
    }
    try (PreparedStatement select =
        connection.prepareStatement(RefreshFactsSql.inTheWay(table, index))) {
      for (int i = 0; i < index.size(); i++) {
        bind(select, 1 + i * table.loaded().size(), table.loaded(), row);
      }
      return FewRows.read(select);
    }
  }

  /** Whether the rule is one of a partition of the table. */
  boolean isPartition(Conflict conflict) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(RefreshFactsSql.IS_PARTITION)) {
      select.setString(1, RefreshSql.name(table.name()));
      select.setString(2, conflict.schema());
      select.setString(3, conflict.table());
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  /** The columns that an index is about. */
  List<String> indexColumns(Conflict conflict) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (PreparedStatement select = prepare(RefreshFactsSql.INDEX_COLUMNS, conflict);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        columns.add(row.getString(1));
      }
    }
    return columns;
  }

  private PreparedStatement prepare(String sql, Conflict conflict) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setString(1, conflict.schema());
    statement.setString(2, conflict.table());
    statement.setString(3, conflict.constraint());
    return statement;
  }

  private void advance(String column, String sequence, List<KeyedRow> rows) throws SQLException {
    int position = table.columns().stream().map(ColumnMapping::name).toList().indexOf(column);
    String largest =
        rows.stream()
            .map(row -> row.rows().text(row.index(), position))
            .filter(Objects::nonNull)
            .filter(text -> text.matches("\\d{1,19}"))
            .max(java.util.Comparator.comparing(java.math.BigInteger::new))
            .orElse(null);
    if (largest == null) {
      return;
    }
    try (PreparedStatement select = connection.prepareStatement(RefreshSql.advance(sequence))) {
      select.setString(1, sequence);
      select.setString(2, largest);
      select.setString(3, sequence);
      select.setString(4, largest);
      select.setString(5, largest);
      select.setString(6, largest);
      select.execute();
    }
  }

  private boolean execute(BoundQuery query) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(query.sql())) {
      query.bind(select);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  private int update(BoundQuery query) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(query.sql())) {
      query.bind(update);
      return update.executeUpdate();
    }
  }

  private void bind(
      PreparedStatement statement, int first, List<ColumnMapping> columns, KeyedRow row)
      throws SQLException {
    for (int i = 0; i < columns.size(); i++) {
      int position = table.columns().indexOf(columns.get(i));
      setText(statement, first + i, text(row.rows().value(row.index(), position)));
    }
  }

  private static void bindAll(PreparedStatement statement, int first, List<Object> parameters)
      throws SQLException {
    for (int i = 0; i < parameters.size(); i++) {
      statement.setString(first + i, (String) parameters.get(i));
    }
  }

  /** Without a type: PostgreSQL takes that of the column. */
  private static void setText(PreparedStatement statement, int index, @Nullable String text)
      throws SQLException {
    if (text == null) {
      statement.setNull(index, Types.OTHER);
    } else {
      statement.setObject(index, text, Types.OTHER);
    }
  }

  /** Bytes that are no text must not become another one on the way. */
  private static @Nullable String text(byte @Nullable [] value) throws SQLException {
    if (value == null) {
      return null;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException e) {
      throw new SQLException("a value has bytes that are not UTF-8", BAD_ENCODING, e);
    }
  }
}

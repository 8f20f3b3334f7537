package dev.landfall.pipelines.proof;

import dev.landfall.transforms.jdbc.SqlStates;
import dev.landfall.transforms.load.CopyRows;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.read.FewRows;
import dev.landfall.transforms.sql.SelfTestSql;
import dev.landfall.transforms.value.Rows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A copy of some rows of a target table, in a schema of its own. All of it is one transaction that
 * is rolled back in the end: nobody else ever sees the schema, and it is gone when the process or
 * the connection is.
 */
final class ScratchTable implements AutoCloseable {
  private final Connection connection;
  private final TargetTable table;
  private final TableName before;
  private final String number;
  private @Nullable Savepoint clean;

  /**
   * Makes the schema and the table, which has no rows yet.
   *
   * @throws SQLException with SQLState 42501 when the user may not make a schema
   */
  ScratchTable(Connection connection, String schema, TargetTable original) throws SQLException {
    this.connection = connection;
    this.table =
        new TargetTable(
            new TableName(schema, "rows"),
            original.columns().stream().map(c -> c.generatedAs(null)).toList(),
            original.key(),
            /* existing= */ false);
    this.before = new TableName(schema, "rows_before");
    this.number = freeName(original);
    connection.setAutoCommit(false);
    try {
      execute(SelfTestSql.createSchema(schema));
      execute(SelfTestSql.createLike(original, table.name()));
      execute(SelfTestSql.addNumber(table.name(), number));
    } catch (SQLException e) {
      close();
      throw e;
    }
  }

  private static String freeName(TargetTable table) {
    List<String> names = table.columns().stream().map(ColumnMapping::name).toList();
    String name = "landfall_row";
    while (names.contains(name)) {
      name += "_";
    }
    return name;
  }

  /** The copy, with the mapping's columns. */
  TargetTable table() {
    return table;
  }

  /** Copies rows behind those that are there, all or none; false when one of them is refused. */
  boolean load(Rows rows) throws SQLException {
    return attempt(() -> CopyRows.into(connection, table, rows)) == null;
  }

  /** Keeps what was loaded as what is compared with, and what {@link #reset} goes back to. */
  void loaded() throws SQLException {
    execute(SelfTestSql.copyOf(table.name(), before));
    clean = connection.setSavepoint();
  }

  /** Takes back all faults. */
  void reset() throws SQLException {
    connection.rollback(clean);
  }

  /** The columns' types, by name. */
  Map<String, ScratchColumn> columns() throws SQLException {
    Map<String, ColumnMapping> mapped = new HashMap<>();
    table.columns().forEach(c -> mapped.put(c.name(), c));
    Map<String, ScratchColumn> columns = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(SelfTestSql.COLUMNS)) {
      select.setString(1, Identifiers.postgres(table.name()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          ColumnMapping column = mapped.get(row.getString(1));
          if (column != null) {
            java.sql.Array labels = row.getArray(3);
            columns.put(
                column.name(),
                new ScratchColumn(
                    column,
                    row.getString(2),
                    labels == null ? List.of() : Arrays.asList((String[]) labels.getArray()),
                    column.nullable() && !table.key().contains(column.name())));
          }
        }
      }
    }
    return columns;
  }

  /** All rows as a verification reads them, and behind the columns their numbers; in order. */
  Rows numbered() throws SQLException {
    return FewRows.read(connection, SelfTestSql.numbered(table, number));
  }

  /** A connection to read the rows by. */
  Connection connection() {
    return connection;
  }

  /**
   * Gives rows another value in a column; null when it is done, else why the target refuses it, and
   * nothing was changed.
   */
  @Nullable String change(ScratchColumn column, List<Long> rows, List<@Nullable String> values)
      throws SQLException {
    return attempt(
        () -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  SelfTestSql.change(table.name(), number, column.name(), column.type()))) {
            update.setArray(1, connection.createArrayOf("bigint", rows.toArray()));
            update.setArray(2, connection.createArrayOf("text", values.toArray()));
            update.executeUpdate();
          }
        });
  }

  /** Swaps two columns of a row. */
  void swap(long row, String one, String other) throws SQLException {
    update(SelfTestSql.swap(table.name(), number, one, other), row);
  }

  /** Takes a row out. */
  void delete(long row) throws SQLException {
    update(SelfTestSql.delete(table.name(), number), row);
  }

  /** Puts a row in again; gives the new one's number. */
  long again(long row) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(SelfTestSql.again(table, number))) {
      insert.setLong(1, row);
      try (ResultSet result = insert.executeQuery()) {
        result.next();
        return result.getLong(1);
      }
    }
  }

  /**
   * What PostgreSQL says of a row.
   *
   * @param extra it was not there before
   * @param missing it is not there any more
   * @param columns the columns whose values are others, of a row that was and is there
   */
  record Change(boolean extra, boolean missing, List<String> columns) {}

  /** What PostgreSQL calls changed, by the rows' numbers. */
  Map<Long, Change> changes() throws SQLException {
    Map<Long, Change> changes = new HashMap<>();
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(SelfTestSql.changes(table, before, number))) {
      while (row.next()) {
        Boolean[] distinct = (Boolean[]) row.getArray(4).getArray();
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < distinct.length; i++) {
          if (distinct[i]) {
            columns.add(table.columns().get(i).name());
          }
        }
        changes.put(
            row.getLong(1), new Change(row.getBoolean(2), row.getBoolean(3), List.copyOf(columns)));
      }
    }
    return changes;
  }

  private void update(String sql, long row) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, row);
      if (update.executeUpdate() != 1) {
        throw new IllegalStateException("row " + row + " of the copy of " + table.name());
      }
    }
  }

  private interface Work {
    void run() throws SQLException;
  }

  /** Does the work, or nothing and says why the target refuses a value. */
  private @Nullable String attempt(Work work) throws SQLException {
    Savepoint savepoint = connection.setSavepoint();
    try {
      work.run();
      connection.releaseSavepoint(savepoint);
      return null;
    } catch (SQLException e) {
      if (SqlStates.classify(e) != SqlStates.Failure.BAD_ROW) {
        throw e;
      }
      connection.rollback(savepoint);
      return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Takes everything back. */
  @Override
  public void close() throws SQLException {
    connection.rollback();
    connection.setAutoCommit(true);
  }
}

package dev.landfall.transforms.refresh;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.sql.RefreshSql;
import dev.landfall.transforms.sql.TransactionSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Takes a row out of the way of others until its own turn comes, within one transaction. */
final class Parking {
  /** Of two thousand million values one is free at the first try; of a hundred, hardly later. */
  private static final int TRIES = 8;

  private final RowWriter writer;
  private final TargetTable table;
  private final Connection connection;

  Parking(RowWriter writer, TargetTable table, Connection connection) {
    this.writer = writer;
    this.table = table;
    this.connection = connection;
  }

  /**
   * Gives one column of the index another value; where none is taken, deletes the row for a while.
   * If that is not possible either, the row stays, and so does the conflict.
   */
  void park(KeyWork work, Conflict conflict) throws SQLException {
    KeyedRow row = Objects.requireNonNull(work.target);
    List<@Nullable String> key = row.key(table);
    List<String> index = writer.indexColumns(conflict);
    boolean referred =
        writer.facts().references().stream()
            .map(RefreshSql.Reference::referenced)
            .anyMatch(columns -> columns.stream().anyMatch(index::contains));
    for (ColumnMapping column : RefreshSql.settable(table, writer.facts().numbered())) {
      if (!index.contains(column.name()) || table.key().contains(column.name())) {
        continue;
      }
      if (!referred && column.nullable() && taken(() -> writer.park(key, column.name(), null))) {
        return;
      }
      for (int i = 0; i < TRIES; i++) {
        String value = column.type().parkingValue();
        if (value != null && taken(() -> writer.park(key, column.name(), value))) {
          return;
        }
      }
    }
    if (writer.facts().mapped()
        && writer.facts().references().isEmpty()
        && taken(() -> writer.delete(key))) {
      work.takenOut = true;
    }
  }

  private interface Change {
    void run() throws SQLException;
  }

  /** Whether the target takes a change. */
  private boolean taken(Change change) throws SQLException {
    execute(TransactionSql.SAVEPOINT);
    try {
      change.run();
      execute(TransactionSql.RELEASE);
      return true;
    } catch (SQLException e) {
      if (!Conflict.blamesRow(e)) {
        throw e;
      }
    }
    execute(TransactionSql.ROLLBACK_TO);
    execute(TransactionSql.RELEASE);
    return false;
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

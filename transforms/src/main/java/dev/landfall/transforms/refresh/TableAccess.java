package dev.landfall.transforms.refresh;

import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.sql.TransactionSql;
import dev.landfall.transforms.value.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what both sides have for keys of one target table. */
final class TableAccess {
  private final TargetPosition position;
  private final TargetTable table;
  private final KeyLookup lookup;
  private final RowIdentity identity;

  TableAccess(TargetPosition position, Mapping mapping) {
    this.position = position;
    this.table = mapping.target(position);
    this.lookup = new KeyLookup(mapping, position);
    this.identity = new RowIdentity(table);
  }

  TargetTable table() {
    return table;
  }

  /** A row by its key in the target, or the one that it would have. */
  FoundKey found(List<@Nullable String> key) {
    return new FoundKey(position, key, identity.key(key));
  }

  /** Whether the source has to be read to find rows by their keys in the target. */
  boolean scans() {
    return lookup.keys().scanned() > 0;
  }

  /** Work on rows that belong to others as well, by the keys of what both sides have of them. */
  List<KeyWork> works(Connection source, List<FoundKey> found) throws SQLException {
    List<RowKey> keys =
        lookup.keys().ofTarget(source, found.stream().map(FoundKey::key).toList(), rows -> {});
    List<KeyWork> works = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      works.add(work(keys.get(i), found.get(i).aside()));
    }
    return works;
  }

  KeyWork work(RowKey key, @Nullable String aside) {
    return new KeyWork(position, key, identity.key(key.target()), aside);
  }

  /**
   * Reads the source's rows. A row that can't be converted has no key of the target: whoever is
   * without a row then is looked for alone.
   */
  void readSource(Connection connection, Collection<KeyWork> works) throws SQLException {
    List<RowKey> keys = works.stream().map(w -> w.key).toList();
    KeyLookup.Found there = lookup.source(connection, keys);
    Map<Long, List<KeyedRow>> rows = byKey(there.rows());
    for (KeyWork work : works) {
      List<KeyedRow> found = rows.getOrDefault(work.hash, List.of());
      work.sourceRows = found.size();
      work.source = found.isEmpty() ? null : found.get(0);
      if (found.isEmpty() && !there.rejects().isEmpty()) {
        work.reject =
            keys.size() == 1
                ? there.rejects().get(0).reject().located()
                : lookup.source(connection, List.of(work.key)).rejects().stream()
                    .map(r -> r.reject().located())
                    .findFirst()
                    .orElse(null);
      }
    }
  }

  /** Reads the target's rows, in the connection's transaction if there is one. */
  void readTarget(Connection connection, Collection<KeyWork> works) throws SQLException {
    Map<Long, List<KeyedRow>> rows =
        byKey(targetRows(connection, works.stream().map(w -> w.key).toList()));
    for (KeyWork work : works) {
      List<KeyedRow> found = rows.getOrDefault(work.hash, List.of());
      work.targetRows = found.size();
      work.target = found.isEmpty() ? null : found.get(0);
    }
  }

  /** What the target's rows of the keys are now, by the hash of their key. */
  Map<Long, List<KeyedRow>> target(Connection connection, List<RowKey> keys) throws SQLException {
    return byKey(targetRows(connection, keys));
  }

  /** A key that is none of the column's type ends a transaction, unless it can be gone back in. */
  private Rows targetRows(Connection connection, List<RowKey> keys) throws SQLException {
    if (connection.getAutoCommit()) {
      return lookup.target(connection, keys);
    }
    execute(connection, TransactionSql.SAVEPOINT);
    try {
      return lookup.target(connection, keys);
    } catch (SQLException e) {
      if (!IN_FAILED_TRANSACTION.equals(e.getSQLState())) {
        throw e;
      }
    } finally {
      execute(connection, TransactionSql.ROLLBACK_TO);
      execute(connection, TransactionSql.RELEASE);
    }
    List<Rows> found = new ArrayList<>();
    for (RowKey key : keys) {
      found.add(targetRows(connection, List.of(key)));
    }
    return Rows.concat(table.columns().size(), found);
  }

  /** in_failed_sql_transaction (PostgreSQL manual, appendix A). */
  private static final String IN_FAILED_TRANSACTION = "25P02";

  /** The rows by the hash of their key. */
  Map<Long, List<KeyedRow>> byKey(Rows rows) {
    Map<Long, List<KeyedRow>> byKey = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      KeyedRow row = new KeyedRow(rows, i, identity.hash(rows, i));
      byKey.computeIfAbsent(row.hash().key(), hash -> new ArrayList<>()).add(row);
    }
    return byKey;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

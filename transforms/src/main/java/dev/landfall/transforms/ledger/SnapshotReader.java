package dev.landfall.transforms.ledger;

import dev.landfall.transforms.schema.Mapping;
import dev.landfall.transforms.schema.TableMapping;
import dev.landfall.transforms.sql.LedgerSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a {@link Snapshot}, all of it at one moment. */
public final class SnapshotReader {
  private SnapshotReader() {}

  /** What a table's chunks add up to. */
  private record Sums(
      long chunks,
      long done,
      long estimated,
      long read,
      long loaded,
      long filtered,
      long rejected,
      long bytes,
      @Nullable Instant started,
      @Nullable Instant committed) {}

  /** Where the migration stands; before its first step it is NEW, with the mapping's tables. */
  public static Snapshot read(Connection connection, String name, Mapping mapping)
      throws SQLException {
    if (!new MigrationLedger(connection, name).isInstalled()) {
      return fresh(name, mapping);
    }
    boolean autoCommit = connection.getAutoCommit();
    int isolation = connection.getTransactionIsolation();
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setAutoCommit(false);
    try {
      return readInTransaction(connection, name, mapping);
    } finally {
      connection.rollback();
      connection.setAutoCommit(autoCommit);
      connection.setTransactionIsolation(isolation);
    }
  }

  private static Snapshot readInTransaction(Connection connection, String name, Mapping mapping)
      throws SQLException {
    Map<Integer, Sums> sums = sums(connection, name);
    Map<Integer, Long> differences = differences(connection, name);
    try (PreparedStatement select = connection.prepareStatement(LedgerSql.SNAPSHOT)) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return fresh(name, mapping);
        }
        Snapshot.Phase phase = Snapshot.Phase.valueOf(row.getString(1));
        boolean died = row.getBoolean(7);
        return new Snapshot(
            name,
            died ? Snapshot.Phase.STOPPED : phase,
            instant(row, 3),
            java.util.Objects.requireNonNull(instant(row, 4)),
            died ? null : row.getString(5),
            died
                ? "the last run did not end by itself; the same command goes on"
                : row.getString(6),
            tables(mapping, sums, differences));
      }
    }
  }

  private static Snapshot fresh(String name, Mapping mapping) {
    return new Snapshot(
        name,
        Snapshot.Phase.NEW,
        null,
        Instant.now(),
        null,
        null,
        tables(mapping, Map.of(), Map.of()));
  }

  private static List<Snapshot.Table> tables(
      Mapping mapping, Map<Integer, Sums> sums, Map<Integer, Long> differences) {
    List<Snapshot.Table> tables = new ArrayList<>();
    for (int i = 0; i < mapping.tables().size(); i++) {
      TableMapping table = mapping.table(i);
      Sums sum = sums.get(i);
      boolean planned = sum != null;
      if (sum == null) {
        sum = new Sums(0, 0, table.source().estimatedRows(), 0, 0, 0, 0, 0, null, null);
      }
      Long found = differences.get(i);
      tables.add(
          new Snapshot.Table(
              table.source().name().toString(),
              table.targets().stream().map(t -> t.name().toString()).toList(),
              planned,
              sum.estimated,
              sum.chunks,
              sum.done,
              sum.read,
              sum.loaded,
              sum.filtered,
              sum.rejected,
              sum.bytes,
              sum.started,
              sum.committed,
              found == null
                  ? Snapshot.Verdict.NOT_VERIFIED
                  : found == 0 ? Snapshot.Verdict.EQUAL : Snapshot.Verdict.DIFFERENT,
              found == null ? 0 : found));
    }
    return tables;
  }

  private static Map<Integer, Sums> sums(Connection connection, String name) throws SQLException {
    Map<Integer, Sums> sums = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(LedgerSql.SNAPSHOT_TABLES)) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          sums.put(
              row.getInt(1),
              new Sums(
                  row.getLong(2),
                  row.getLong(3),
                  row.getLong(4),
                  row.getLong(5),
                  row.getLong(6),
                  row.getLong(7),
                  row.getLong(8),
                  row.getLong(9),
                  instant(row, 10),
                  instant(row, 11)));
        }
      }
    }
    return sums;
  }

  private static Map<Integer, Long> differences(Connection connection, String name)
      throws SQLException {
    Map<Integer, Long> differences = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(LedgerSql.SNAPSHOT_VERDICTS)) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          differences.put(row.getInt(1), row.getLong(2));
        }
      }
    }
    return differences;
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    Timestamp timestamp = row.getTimestamp(column);
    return timestamp == null ? null : timestamp.toInstant();
  }
}

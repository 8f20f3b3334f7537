package dev.landfall.transforms.ledger;

import dev.landfall.transforms.sql.LedgerSql;
import dev.landfall.transforms.sql.SnapshotSql;
import java.sql.Array;
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
      List<Snapshot.Work> work) {}

  private static final Sums NOTHING = new Sums(0, 0, 0, 0, 0, 0, 0, 0, List.of());

  /** Where the migration stands; before its first step it is NEW and has no tables. */
  public static Snapshot read(Connection connection, String name) throws SQLException {
    return read(connection, name, true);
  }

  /**
   * The same without what rules did, which a display that asks twice a second does not show: a
   * billion rows have a hundred thousand chunks with dispositions of their own.
   */
  public static Snapshot readProgress(Connection connection, String name) throws SQLException {
    return read(connection, name, false);
  }

  private static Snapshot read(Connection connection, String name, boolean dispositions)
      throws SQLException {
    if (!new MigrationLedger(connection, name).isInstalled()) {
      return fresh(name);
    }
    boolean autoCommit = connection.getAutoCommit();
    int isolation = connection.getTransactionIsolation();
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setAutoCommit(false);
    try {
      return readInTransaction(connection, name, dispositions);
    } finally {
      connection.rollback();
      connection.setAutoCommit(autoCommit);
      connection.setTransactionIsolation(isolation);
    }
  }

  /**
   * The same as part of a transaction that shows one moment, on a ledger that is installed.
   *
   * @param dispositions whether to read what rules did
   */
  public static Snapshot readInTransaction(Connection connection, String name, boolean dispositions)
      throws SQLException {
    Map<Integer, Sums> sums = sums(connection, name);
    Map<Integer, Snapshot.Compared> compared = compared(connection, name);
    Map<Integer, Long> mended = new RejectLedger(connection, name).mended();
    try (PreparedStatement select = connection.prepareStatement(LedgerSql.SNAPSHOT)) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return fresh(name);
        }
        Activity activity = Activity.of(row.getString(13));
        Snapshot.Phase phase = Snapshot.Phase.valueOf(row.getString(1));
        String[] tables = (String[]) row.getArray(2).getArray();
        String[] targets = (String[]) row.getArray(3).getArray();
        String holder = row.getString(6);
        // A command that a cluster carries out is begun again there when its worker dies.
        boolean restarting = row.getBoolean(8) && holder != null && holder.startsWith("job ");
        boolean died = row.getBoolean(8) && !restarting;
        Snapshot.Job job =
            row.getString(9) == null
                ? null
                : new Snapshot.Job(row.getString(9), row.getString(10), row.getString(11));
        List<ConditionLedger.Broken> broken =
            dispositions ? new ConditionLedger(connection).broken(name) : List.of();
        return new Snapshot(
            name,
            died ? activity.left(phase) : holder == null ? phase : activity.during(phase),
            instant(row, 4),
            java.util.Objects.requireNonNull(instant(row, 5)),
            died
                ? null
                : restarting ? holder + ", which is being restarted there, or is gone" : holder,
            died
                ? activity.died(job)
                : holder == null ? Activity.advice(row.getString(14)) : row.getString(7),
            job,
            tables(tables, targets, sums, mended, compared),
            dispositions ? dispositions(connection, name, tables) : List.of(),
            List.of((String[]) row.getArray(12).getArray()),
            broken.stream().map(ConditionLedger.Broken::text).toList(),
            died ? null : Step.read(connection, name),
            NewestRun.read(connection, name, broken));
      }
    }
  }

  private static Snapshot fresh(String name) {
    return new Snapshot(name, Snapshot.Phase.NEW, null, Instant.now(), null, null, null, List.of());
  }

  private static List<Snapshot.Table> tables(
      String[] names,
      String[] targets,
      Map<Integer, Sums> sums,
      Map<Integer, Long> mended,
      Map<Integer, Snapshot.Compared> compared) {
    List<Snapshot.Table> tables = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      boolean planned = sums.containsKey(i);
      Sums sum = sums.getOrDefault(i, NOTHING);
      Snapshot.Compared found = compared.get(i);
      Snapshot.Verdict verdict = verdict(found, Snapshot.Work.end(sum.work));
      tables.add(
          new Snapshot.Table(
              names[i],
              List.of(targets[i].split("\n")),
              planned,
              sum.estimated,
              sum.chunks,
              sum.done,
              sum.read,
              sum.loaded,
              sum.filtered,
              sum.rejected - mended.getOrDefault(i, 0L),
              sum.bytes,
              sum.work,
              verdict,
              found == null || verdict == Snapshot.Verdict.NOT_VERIFIED ? 0 : found.differences(),
              found));
    }
    return tables;
  }

  /** What a comparison still says of rows the last of which were loaded then. */
  private static Snapshot.Verdict verdict(
      Snapshot.@Nullable Compared found, @Nullable Instant loaded) {
    if (found == null || (loaded != null && loaded.isAfter(found.at()))) {
      return Snapshot.Verdict.NOT_VERIFIED;
    }
    if (found.differences() > 0) {
      return Snapshot.Verdict.DIFFERENT;
    }
    return found.whole() ? Snapshot.Verdict.EQUAL : Snapshot.Verdict.NOT_VERIFIED;
  }

  private static List<Snapshot.Disposition> dispositions(
      Connection connection, String name, String[] tables) throws SQLException {
    List<Snapshot.Disposition> found = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(LedgerSql.DISPOSITIONS)) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.add(
              new Snapshot.Disposition(
                  tables[row.getInt(1)],
                  row.getString(2),
                  row.getString(3),
                  row.getString(4),
                  row.getLong(5),
                  List.of((String[]) row.getArray(6).getArray())));
        }
      }
    }
    return found;
  }

  private static Map<Integer, Sums> sums(Connection connection, String name) throws SQLException {
    Map<Integer, Sums> sums = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(SnapshotSql.TABLES)) {
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
                  work(row)));
        }
      }
    }
    return sums;
  }

  private static Map<Integer, Snapshot.Compared> compared(Connection connection, String name)
      throws SQLException {
    Map<Integer, Snapshot.Compared> compared = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(SnapshotSql.VERDICTS)) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          compared.put(
              row.getInt(1),
              new Snapshot.Compared(
                  row.getTimestamp(3).toInstant(), row.getString(4), row.getLong(2)));
        }
      }
    }
    return compared;
  }

  /** The runs that worked on a table. */
  private static List<Snapshot.Work> work(ResultSet row) throws SQLException {
    Array runs = row.getArray(10);
    if (runs == null) {
      return List.of();
    }
    Long[] ids = (Long[]) runs.getArray();
    Timestamp[] from = (Timestamp[]) row.getArray(11).getArray();
    Timestamp[] until = (Timestamp[]) row.getArray(12).getArray();
    List<Snapshot.Work> work = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      work.add(
          new Snapshot.Work(
              ids[i], from[i].toInstant(), until[i] == null ? null : until[i].toInstant()));
    }
    return work;
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    Timestamp timestamp = row.getTimestamp(column);
    return timestamp == null ? null : timestamp.toInstant();
  }
}

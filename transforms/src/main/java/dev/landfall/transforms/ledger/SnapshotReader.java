package dev.landfall.transforms.ledger;

import dev.landfall.transforms.jdbc.Query;
import dev.landfall.transforms.jdbc.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    return Query.of(connection, SnapshotStatements.SNAPSHOT)
        .bind("name", name)
        .bind("noted", "text", Event.Kind.noted())
        .one(row -> snapshot(connection, name, dispositions, row, sums(connection, name)))
        .orElseGet(() -> fresh(name));
  }

  private static Snapshot snapshot(
      Connection connection, String name, boolean dispositions, Row row, Map<Integer, Sums> sums)
      throws SQLException {
    String of = row.textOrNull("activity");
    Activity activity = of == null ? Activity.LOAD : Activity.valueOf(of);
    Snapshot.Phase phase = Snapshot.Phase.valueOf(row.text("phase"));
    String now = row.textOrNull("now");
    List<String> tables = row.texts("tables");
    String holder = row.textOrNull("holder");
    boolean lost = holder != null && row.isTrue("died");
    // A command that a cluster carries out is begun again there when its worker dies.
    boolean restarting = lost && holder != null && holder.startsWith("job ");
    boolean died = lost && !restarting;
    String cluster = row.textOrNull("cluster");
    Snapshot.Job job =
        cluster == null ? null : new Snapshot.Job(cluster, row.text("job"), row.text("job_name"));
    List<KeptCheck> checks =
        dispositions ? new CheckLedger(connection).standing(name, Integer.MAX_VALUE) : List.of();
    return new Snapshot(
        name,
        died ? activity.left(phase) : now == null ? phase : Snapshot.Phase.valueOf(now),
        row.instantOrNull("started"),
        row.instant("taken"),
        died ? null : restarting ? holder + ", which is being restarted there, or is gone" : holder,
        died
            ? activity.died(job)
            : holder == null ? Activity.advice(row.textOrNull("moved")) : row.textOrNull("note"),
        job,
        tables(
            tables,
            row.texts("targets"),
            sums,
            new RejectLedger(connection, name).mended(),
            compared(connection, name)),
        dispositions ? dispositions(connection, name, tables) : List.of(),
        row.texts("warnings"),
        checks.stream().flatMap(kept -> kept.result().broken().stream()).toList(),
        died ? null : Step.read(connection, name),
        NewestRun.read(connection, name, checks));
  }

  private static Snapshot fresh(String name) {
    return new Snapshot(name, Snapshot.Phase.NEW, null, Instant.now(), null, null, null, List.of());
  }

  private static List<Snapshot.Table> tables(
      List<String> names,
      List<String> targets,
      Map<Integer, Sums> sums,
      Map<Integer, Long> mended,
      Map<Integer, Snapshot.Compared> compared) {
    List<Snapshot.Table> tables = new ArrayList<>();
    Map<String, Integer> firsts = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      boolean planned = sums.containsKey(i);
      Sums sum = sums.getOrDefault(i, NOTHING);
      Snapshot.Compared found = compared.get(i);
      List<String> written = List.of(targets.get(i).split("\n"));
      for (String target : written) {
        int first = Objects.requireNonNullElse(firsts.putIfAbsent(target, i), i);
        // Of what several write there is one verdict, with the first.
        found = first == i ? found : both(found, compared.get(first));
      }
      Snapshot.Verdict verdict = verdict(found, Snapshot.Work.end(sum.work));
      tables.add(
          new Snapshot.Table(
              names.get(i),
              written,
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

  /** The comparison that says less good of a table, or of its rows as they were earlier. */
  private static Snapshot.@Nullable Compared both(
      Snapshot.@Nullable Compared own, Snapshot.@Nullable Compared shared) {
    if (own == null || shared == null) {
      return own == null ? shared : own;
    }
    if (own.differences() > 0 || shared.differences() > 0) {
      return own.differences() >= shared.differences() ? own : shared;
    }
    return own.at().isBefore(shared.at()) ? own : shared;
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
      Connection connection, String name, List<String> tables) throws SQLException {
    return Query.of(connection, SnapshotStatements.DISPOSITIONS)
        .bind("name", name)
        .list(
            row ->
                new Snapshot.Disposition(
                    tables.get(row.integer("table_position")),
                    row.text("target_table"),
                    row.text("column_name"),
                    row.text("rule"),
                    row.number("rows"),
                    row.texts("sample_keys")));
  }

  private static Map<Integer, Sums> sums(Connection connection, String name) throws SQLException {
    Map<Integer, Sums> sums = new HashMap<>();
    Query.of(connection, SnapshotStatements.TABLES)
        .bind("name", name)
        .each(
            row ->
                sums.put(
                    row.integer("table_position"),
                    new Sums(
                        row.number("chunks"),
                        row.number("done"),
                        row.number("estimated"),
                        row.number("read"),
                        row.number("loaded"),
                        row.number("filtered"),
                        row.number("rejected"),
                        row.number("bytes"),
                        work(row))));
    return sums;
  }

  private static Map<Integer, Snapshot.Compared> compared(Connection connection, String name)
      throws SQLException {
    Map<Integer, Snapshot.Compared> compared = new HashMap<>();
    Query.of(connection, SnapshotStatements.VERDICTS)
        .bind("name", name)
        .each(
            row ->
                compared.put(
                    row.integer("table_position"),
                    new Snapshot.Compared(
                        row.instant("finished"), row.text("level"), row.number("differences"))));
    return compared;
  }

  /** The runs that worked on a table. */
  private static List<Snapshot.Work> work(Row row) throws SQLException {
    @Nullable Object[] runs = row.array("runs");
    @Nullable Object[] begun = row.array("begun");
    @Nullable Object[] ended = row.array("ended");
    List<Snapshot.Work> work = new ArrayList<>();
    for (int i = 0; i < runs.length; i++) {
      work.add(
          new Snapshot.Work(
              (Long) Objects.requireNonNull(runs[i]),
              ((Timestamp) Objects.requireNonNull(begun[i])).toInstant(),
              ended[i] instanceof Timestamp end ? end.toInstant() : null));
    }
    return work;
  }
}

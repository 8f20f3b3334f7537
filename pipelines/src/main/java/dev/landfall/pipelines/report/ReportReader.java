package dev.landfall.pipelines.report;

import dev.landfall.pipelines.report.Report.Load;
import dev.landfall.pipelines.report.Report.Objects;
import dev.landfall.pipelines.report.Report.Server;
import dev.landfall.pipelines.report.Report.Some;
import dev.landfall.transforms.ledger.MigrationLedger;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.ledger.SnapshotReader;
import dev.landfall.transforms.sql.ReportSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads a report from the ledger, all of it from one view of the target. Lists that may be long are
 * cut where a person would stop reading; how long they are is told.
 */
public final class ReportReader {
  /** Runs, events and verifications that are shown. */
  static final int MOST_RUNS = 100;

  /** Differences of one target table. */
  static final int MOST_OF_TABLE = 100;

  /** Differences of all tables, findings, cases. */
  static final int MOST = 1_000;

  /** Rejected rows, and reasons. */
  static final int MOST_REJECTS = 100;

  private final Rows rows;
  private final Connection connection;
  private final String name;

  private ReportReader(Connection connection, String name) {
    this.connection = connection;
    this.rows = new Rows(connection);
    this.name = name;
  }

  /**
   * The report of a migration.
   *
   * @param connection to the target; it is of no further use to others
   * @return empty when the ledger does not know the migration
   */
  public static Optional<Report> read(
      Connection connection, String name, Server source, String target, Objects objects)
      throws SQLException {
    if (!new MigrationLedger(connection, name).isInstalled()) {
      return Optional.empty();
    }
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setAutoCommit(false);
    try {
      return new ReportReader(connection, name).read(source, target, objects);
    } finally {
      connection.rollback();
    }
  }

  private Optional<Report> read(Server source, String target, Objects objects) throws SQLException {
    Snapshot snapshot = SnapshotReader.readInTransaction(connection, name, true);
    List<Fixed> fixed =
        rows.read(ReportSql.MIGRATION, r -> new Fixed(r.texts(2), r.instant(3)), name);
    if (fixed.isEmpty()) {
      return Optional.empty();
    }
    String version = rows.read(ReportSql.TARGET_VERSION, r -> r.text(1)).get(0);
    return Optional.of(
        new Report(
            snapshot,
            fixed.get(0).created(),
            source,
            new Server(target, version, null),
            load(),
            rows.read(ReportSql.VERDICTS, ReportReader::verdict, name, name),
            rows.read(ReportSql.DIFFERENCES, ReportReader::difference, name, MOST_OF_TABLE, MOST),
            rows.read(ReportSql.LATER_PARTS, r -> r.number(1), name, name).get(0),
            rejects(),
            new ConditionReader(rows, name).schema(),
            new ConditionReader(rows, name).checks(),
            new ConditionReader(rows, name).selfTest(),
            new ConditionReader(rows, name).repairs(),
            rows.some(ReportSql.HISTORY, 11, ReportReader::verification, name, MOST_RUNS),
            rows.some(
                ReportSql.EVENTS,
                5,
                r -> new Report.Event(r.instant(1), r.orNull(2), r.text(3), r.text(4)),
                name,
                MOST_RUNS),
            fixed.get(0).mapping(),
            objects));
  }

  private record Fixed(List<String> mapping, Instant created) {}

  private record Worked(int position, double seconds) {}

  private Load load() throws SQLException {
    Some<Report.Run> runs =
        rows.some(ReportSql.RUNS, 12, ReportReader::run, name, name, name, MOST_RUNS);
    List<Report.Part> parts =
        rows.read(
            ReportSql.LOADED_OVER_TIME,
            r -> new Report.Part(r.number(1), (int) r.number(2), r.number(3), r.number(4)),
            Load.PARTS - 1,
            Load.PARTS,
            name);
    Map<Integer, Double> seconds =
        rows
            .read(ReportSql.SECONDS, r -> new Worked((int) r.number(1), r.decimal(2)), name)
            .stream()
            .collect(Collectors.toMap(Worked::position, Worked::seconds));
    return new Load(runs, parts, seconds);
  }

  private static Report.Run run(Rows.Row r) throws SQLException {
    return new Report.Run(
        r.number(1),
        r.text(2),
        r.text(3),
        r.instant(4),
        r.instantOrNull(5),
        r.textOrNull(6),
        r.instantOrNull(7),
        r.instantOrNull(8),
        r.number(9),
        r.number(10),
        r.instantOrNull(11));
  }

  private static Report.TableVerdict verdict(Rows.Row r) throws SQLException {
    return new Report.TableVerdict(
        r.number(1),
        (int) r.number(2),
        r.text(3),
        r.instant(4),
        r.number(5),
        r.number(6),
        r.number(7),
        r.number(8),
        r.number(9),
        r.number(10),
        r.text(11),
        r.number(12),
        (int) r.number(13),
        r.textOrNull(14),
        r.bool(15));
  }

  private static Report.RowDifference difference(Rows.Row r) throws SQLException {
    return new Report.RowDifference(
        r.text(1),
        r.text(2),
        r.pairs(3, 4),
        r.texts(5),
        r.number(6),
        r.values(7, 8, 9),
        r.textOrNull(10));
  }

  private static Report.Verification verification(Rows.Row r) throws SQLException {
    return new Report.Verification(
        r.number(1),
        r.text(2),
        r.instant(3),
        r.instant(4),
        r.text(5),
        r.number(6),
        r.number(7),
        r.number(8),
        r.number(9),
        r.number(10));
  }

  private Report.Rejects rejects() throws SQLException {
    return new Report.Rejects(
        rows.read(
            ReportSql.REJECT_REASONS,
            r -> new Report.Rejects.Reason(r.text(1), r.textOrNull(2), r.text(3), r.number(4)),
            name,
            MOST_REJECTS),
        rows.read(
            ReportSql.REJECTS,
            r ->
                new Report.Rejects.Row(
                    r.text(1), r.pairs(2, 3), r.textOrNull(4), r.text(5), r.textOrNull(6)),
            name,
            MOST_REJECTS));
  }
}

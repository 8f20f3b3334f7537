package dev.landfall.pipelines.report;

import dev.landfall.pipelines.api.Difference;
import dev.landfall.pipelines.report.Report.Load;
import dev.landfall.pipelines.report.Report.Objects;
import dev.landfall.pipelines.report.Report.Server;
import dev.landfall.pipelines.report.Report.Some;
import dev.landfall.transforms.jdbc.Query;
import dev.landfall.transforms.jdbc.Row;
import dev.landfall.transforms.ledger.Event;
import dev.landfall.transforms.ledger.MigrationLedger;
import dev.landfall.transforms.ledger.ReportStatements;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.ledger.SnapshotReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    this.rows = new Rows(connection, name);
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
    Optional<Fixed> fixed =
        rows.of(ReportStatements.MIGRATION)
            .one(r -> new Fixed(r.texts("mapping"), r.instant("created")));
    if (fixed.isEmpty()) {
      return Optional.empty();
    }
    String version =
        Query.of(connection, ReportStatements.VERSION).one(r -> r.text("version")).orElseThrow();
    ConditionReader conditions = new ConditionReader(rows);
    return Optional.of(
        new Report(
            snapshot,
            fixed.get().created(),
            source,
            new Server(target, version, null),
            load(),
            rows.of(ReportStatements.VERDICTS).list(ReportReader::verdict),
            rows.of(ReportStatements.DIFFERENCES)
                .bind("most_of_table", MOST_OF_TABLE)
                .bind("most", MOST)
                .list(ReportReader::difference),
            rows.of(ReportStatements.LATER_PARTS).number(),
            rejects(),
            conditions.checks(),
            conditions.selfTest(),
            conditions.repairs(),
            Rows.some(
                rows.of(ReportStatements.HISTORY).bind("most", MOST_RUNS),
                ReportReader::verification),
            Rows.some(
                rows.of(ReportStatements.EVENTS)
                    .bind("kinds", "text", Event.Kind.reported())
                    .bind("most", MOST_RUNS),
                r ->
                    new Report.Event(
                        r.instant("at"), r.numberOrNull("run"), r.text("kind"), r.text("text"))),
            fixed.get().mapping(),
            objects));
  }

  private record Fixed(List<String> mapping, Instant created) {}

  private Load load() throws SQLException {
    Some<Report.Run> runs =
        Rows.some(rows.of(ReportStatements.RUNS).bind("most", MOST_RUNS), ReportReader::run);
    List<Report.Part> parts =
        rows.of(ReportStatements.LOADED_OVER_TIME)
            .bind("last", Load.PARTS - 1)
            .bind("parts", Load.PARTS)
            .list(
                r ->
                    new Report.Part(
                        r.number("run"), r.integer("part"), r.number("rows"), r.number("bytes")));
    Map<Integer, Double> seconds = new HashMap<>();
    rows.of(ReportStatements.SECONDS)
        .each(r -> seconds.put(r.integer("table_position"), r.decimal("seconds")));
    return new Load(runs, parts, seconds);
  }

  private static Report.Run run(Row r) throws SQLException {
    return new Report.Run(
        r.number("id"),
        r.text("command"),
        r.text("holder"),
        r.instant("started"),
        r.instantOrNull("ended"),
        r.textOrNull("outcome"),
        r.instantOrNull("first"),
        r.instantOrNull("last"),
        r.number("rows"),
        r.number("bytes"),
        r.instantOrNull("verified"));
  }

  private static Report.TableVerdict verdict(Row r) throws SQLException {
    return new Report.TableVerdict(
        r.number("run"),
        r.integer("table_position"),
        r.text("target_table"),
        r.instant("finished"),
        r.number("source_rows"),
        r.number("target_rows"),
        r.number("matched"),
        r.number("changed"),
        r.number("missing"),
        r.number("extra"),
        r.text("level"),
        r.number("settled"),
        r.integer("looks"),
        r.textOrNull("seed"),
        r.isTrue("loaded_since"));
  }

  private static Difference difference(Row r) throws SQLException {
    return new Difference(
        r.text("target_table"),
        r.pairs("key_columns", "key_texts"),
        Difference.Kind.valueOf(r.text("kind")),
        r.texts("columns"),
        r.number("copies"),
        Rows.values(r),
        r.textOrNull("reject"));
  }

  private static Report.Verification verification(Row r) throws SQLException {
    return new Report.Verification(
        r.number("id"),
        r.text("command"),
        r.instant("started"),
        r.instant("finished"),
        r.text("level"),
        r.number("tables"),
        r.number("source_rows"),
        r.number("target_rows"),
        r.number("differences"),
        r.number("settled"));
  }

  private Report.Rejects rejects() throws SQLException {
    return new Report.Rejects(
        rows.of(ReportStatements.REJECT_REASONS)
            .bind("most", MOST_REJECTS)
            .list(
                r ->
                    new Report.Rejects.Reason(
                        r.text("table_name"),
                        r.textOrNull("column_name"),
                        r.text("reason"),
                        r.number("rows"))),
        rows.of(ReportStatements.REJECTS)
            .bind("most", MOST_REJECTS)
            .list(
                r ->
                    new Report.Rejects.Row(
                        r.text("table_name"),
                        r.pairs("key_columns", "key_texts"),
                        r.textOrNull("column_name"),
                        r.text("reason"),
                        r.textOrNull("value"))));
  }
}

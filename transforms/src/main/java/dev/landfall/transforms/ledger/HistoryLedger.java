package dev.landfall.transforms.ledger;

import dev.landfall.transforms.jdbc.Query;
import dev.landfall.transforms.jdbc.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a migration's runs, and which alarms are to be told. */
public final class HistoryLedger {
  /** Enough to see what is wrong; a document that a chat or a pager takes. */
  private static final int FIRST_NEW = 20;

  /** Runs and attempts, newest first. */
  private static final String ENTRIES =
      """
      SELECT * FROM (
        SELECT id, command, started, ended, outcome, holder, level, slice, rows_compared,
               differences, new_differences, settled_differences, alarm, alarm_error AS error
        FROM landfall.run WHERE migration %1$s
        UNION ALL
        SELECT NULL, command, started, ended, outcome, NULL, NULL, NULL, NULL,
               NULL, NULL, NULL, NULL, message
        FROM landfall.attempt WHERE migration %1$s) h
      ORDER BY started DESC, id DESC NULLS LAST LIMIT :limit
      """
          .formatted(EarlierLife.OF_ANY_LIFE);

  /** Unless it did start and has an entry of its own. Clocks may differ by some seconds. */
  private static final String ADD_ATTEMPT =
      """
      INSERT INTO landfall.attempt (migration, command, started, ended, outcome, message)
      SELECT name, :command, :started, clock_timestamp(), :outcome, :message
      FROM landfall.migration m
      WHERE name = :name AND NOT EXISTS (
        SELECT FROM landfall.run r
        WHERE r.migration = m.name AND r.command = :command AND r.outcome = :outcome
          AND r.started >= :started::timestamptz - interval '5 s')
      """;

  /**
   * What is forgotten: attempts; runs that compared and whose verdict on every table has been
   * followed by another one that is complete, unless a pass under way stands on them; and passes.
   */
  private static final List<String> PRUNE =
      List.of(
          "DELETE FROM landfall.attempt WHERE migration "
              + EarlierLife.OF_ANY_LIFE
              + " AND ended < clock_timestamp() - :seconds * interval '1 s'",
          """
          DELETE FROM landfall.run r WHERE r.migration %s AND r.command = 'verify'
            AND r.ended < clock_timestamp() - :seconds * interval '1 s'
            AND NOT EXISTS (
              SELECT FROM landfall.slice s JOIN landfall.pass p ON p.id = s.pass
              WHERE s.run = r.id AND p.finished IS NULL)
            AND NOT EXISTS (
              SELECT FROM landfall.verification v
              LEFT JOIN LATERAL (
                SELECT b.run, b.pass FROM landfall.verification b
                WHERE b.migration = v.migration AND b.target_table = v.target_table AND b.complete
                ORDER BY b.run DESC LIMIT 1) base ON true
              WHERE v.run = r.id AND (base.run IS NULL OR v.run >= base.run
                                      OR v.pass = base.pass))
          """
              .formatted(EarlierLife.OF_ANY_LIFE),
          """
          DELETE FROM landfall.pass p WHERE p.migration = :name
            AND p.finished < clock_timestamp() - :seconds * interval '1 s'
            AND NOT EXISTS (SELECT FROM landfall.slice s WHERE s.pass = p.id)
          """);

  private static final String NEW_DIFFERENCES =
      """
      SELECT m.tables[d.table_position + 1] AS source, d.target_table, d.key::text AS key, d.kind
      FROM landfall.difference d JOIN landfall.migration m ON m.name = d.migration
      WHERE d.run = :run AND d.is_new ORDER BY d.id LIMIT :most
      """;

  private static final String ALARM =
      """
      SELECT started, coalesce(ended, clock_timestamp()) AS ended, slice,
        (SELECT count(*) FROM landfall.verification v WHERE v.run = r.id) AS tables,
        coalesce(rows_compared, 0) AS rows, coalesce(differences, 0) AS differences,
        coalesce(new_differences, 0) AS new_differences
      FROM landfall.run r WHERE id = :run
      """;

  private static final String SUM_UP =
      """
      UPDATE landfall.run r SET rows_compared = v.rows, differences = v.differences,
        settled_differences = v.settled, new_differences = :new, alarm = :alarm
      FROM (SELECT run, sum(source_rows)::bigint AS rows,
                   sum(changed + missing + extra)::bigint AS differences,
                   sum(settled)::bigint AS settled
            FROM landfall.verification WHERE run = :run GROUP BY run) v
      WHERE v.run = r.id
      """;

  private final Connection connection;
  private final String name;

  /** The history of that migration, over that connection to the target. */
  public HistoryLedger(Connection connection, String name) {
    this.connection = connection;
    this.name = name;
  }

  /** The newest entries, newest first; none where there is no ledger yet. */
  public List<HistoryEntry> entries(int limit) throws SQLException {
    if (!isThere()) {
      return List.of();
    }
    return query(ENTRIES).bind("limit", limit).list(HistoryLedger::entry);
  }

  private static HistoryEntry entry(Row row) throws SQLException {
    return new HistoryEntry(
        row.numberOrNull("id"),
        row.text("command"),
        row.instant("started"),
        row.instantOrNull("ended"),
        row.textOrNull("outcome"),
        row.textOrNull("holder"),
        row.textOrNull("level"),
        row.textOrNull("slice"),
        row.numberOrNull("rows_compared"),
        row.numberOrNull("differences"),
        row.numberOrNull("new_differences"),
        row.numberOrNull("settled_differences"),
        row.textOrNull("alarm"),
        row.textOrNull("error"));
  }

  /**
   * Notes a run that could not start; nothing where the migration has not begun, or where the run
   * did start and has an entry.
   */
  public void couldNotStart(String command, Instant started, String outcome, String message)
      throws SQLException {
    if (isThere()) {
      query(ADD_ATTEMPT)
          .bind("command", command)
          .bind("started", started)
          .bind("outcome", outcome)
          .bind("message", message)
          .update();
    }
  }

  /**
   * Forgets what ended longer ago than that: attempts, and verifications that say nothing any more
   * because each of their tables was compared to its end since.
   */
  public void prune(Duration keep) throws SQLException {
    if (!isThere()) {
      return;
    }
    for (String sql : PRUNE) {
      query(sql).bind("seconds", keep.toSeconds()).update();
    }
  }

  /**
   * Says what a verification is asked for.
   *
   * @param slice null for all
   */
  public void begin(long run, String level, @Nullable String slice) throws SQLException {
    ofRun("UPDATE landfall.run SET level = :level, slice = :slice WHERE id = :run", run)
        .bind("level", level)
        .bind("slice", slice)
        .update();
  }

  /**
   * Sums a verification up, as part of the transaction that has written its verdict.
   *
   * @param alarm whether its new differences are to be told; it is kept that they are, so that no
   *     alarm is lost
   */
  public void sumUp(long run, long newDifferences, boolean alarm) throws SQLException {
    ofRun(SUM_UP, run).bind("new", newDifferences).bind("alarm", alarm ? "PENDING" : null).update();
  }

  /** What there is to tell of a run. */
  public Alarm alarm(long run) throws SQLException {
    List<Alarm.Difference> first =
        ofRun(NEW_DIFFERENCES, run)
            .bind("most", FIRST_NEW)
            .list(
                row ->
                    new Alarm.Difference(
                        row.text("source"),
                        row.text("target_table"),
                        row.text("key"),
                        row.text("kind")));
    return ofRun(ALARM, run)
        .one(
            row ->
                new Alarm(
                    name,
                    run,
                    row.instant("started"),
                    row.instant("ended"),
                    row.textOrNull("slice"),
                    row.number("tables"),
                    row.number("rows"),
                    row.number("differences"),
                    row.number("new_differences"),
                    first))
        .orElseThrow(() -> new IllegalStateException("there is no run " + run));
  }

  /** Runs whose alarm reached nobody, oldest first. */
  public List<Long> untold() throws SQLException {
    return isThere()
        ? query(
                """
                SELECT id FROM landfall.run
                WHERE migration = :name AND alarm IN ('FAILED', 'PENDING') ORDER BY id
                """)
            .list(row -> row.number("id"))
        : List.of();
  }

  /**
   * Keeps whether a run's alarm was told.
   *
   * @param error why it was not; null when it was
   */
  public void told(long run, @Nullable String error) throws SQLException {
    ofRun("UPDATE landfall.run SET alarm = :alarm, alarm_error = :error WHERE id = :run", run)
        .bind("alarm", error == null ? "TOLD" : "FAILED")
        .bind("error", error)
        .update();
  }

  private boolean isThere() throws SQLException {
    return new MigrationLedger(connection, name).isInstalled();
  }

  private Query query(String sql) {
    return Query.of(connection, sql).bind("name", name);
  }

  private Query ofRun(String sql, long run) {
    return Query.of(connection, sql).bind("run", run);
  }
}

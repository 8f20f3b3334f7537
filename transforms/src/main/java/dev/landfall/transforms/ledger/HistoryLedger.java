package dev.landfall.transforms.ledger;

import dev.landfall.transforms.jdbc.Query;
import dev.landfall.transforms.jdbc.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of a migration's runs, and of commands that were none. */
public final class HistoryLedger {
  private static final String NO_RUN = "kind IN ('REFUSED', 'RESTARTED')";

  /** Runs, and commands that were none, newest first. */
  private static final String ENTRIES =
      """
      SELECT r.*, coalesce(alarm.error, r.message) AS error,
        CASE alarm.kind WHEN 'ALARM' THEN 'PENDING' ELSE replace(alarm.kind, 'ALARM_', '') END
          AS alarm
      FROM (
        SELECT id, command, started, ended, outcome, holder, level, slice, rows_compared,
               differences, new_differences, settled_differences, NULL AS message
        FROM landfall.run WHERE migration %1$s
        UNION ALL
        SELECT NULL, facts ->> 'command', (facts ->> 'started')::timestamptz, at,
               facts ->> 'outcome', NULL, NULL, NULL, NULL, NULL, NULL, NULL, text
        FROM landfall.event WHERE migration %1$s AND %2$s
        ORDER BY started DESC, id DESC NULLS LAST LIMIT :limit) r
      %3$s
      ORDER BY r.started DESC, r.id DESC NULLS LAST
      """
          .formatted(EarlierLife.OF_ANY_LIFE, NO_RUN, AlarmLedger.NEWEST);

  /** Whether a command had a run after all. Clocks may differ by some seconds. */
  private static final String HAD_A_RUN =
      """
      SELECT 1 FROM landfall.run
      WHERE migration = :name AND command = :command AND outcome = :outcome
        AND started >= :started::timestamptz - interval '5 s'
      """;

  /**
   * What is forgotten: commands that were no run; runs that compared and whose verdict on every
   * table has been followed by another one that is complete, unless a pass under way stands on
   * them, or they are the newest that looked at something or proved a table; and passes.
   */
  private static final List<String> PRUNE =
      List.of(
          "DELETE FROM landfall.event WHERE migration "
              + EarlierLife.OF_ANY_LIFE
              + " AND "
              + NO_RUN
              + " AND at < clock_timestamp() - :seconds * interval '1 s'",
          """
          DELETE FROM landfall.run r WHERE r.migration %s AND r.command = 'verify'
            AND r.ended < clock_timestamp() - :seconds * interval '1 s'
            AND NOT EXISTS (
              SELECT FROM landfall.slice s JOIN landfall.pass p ON p.id = s.pass
              WHERE s.run = r.id AND p.finished IS NULL)
            AND NOT EXISTS (
              SELECT FROM unnest(r.looked) AS subject
              WHERE NOT EXISTS (
                SELECT FROM landfall.run n
                WHERE n.migration = r.migration AND n.id > r.id AND subject = ANY (n.looked)))
            AND NOT EXISTS (SELECT FROM landfall.self_test t WHERE t.run = r.id)
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

  private static final String SUM_UP =
      """
      UPDATE landfall.run r SET rows_compared = v.rows, differences = v.differences,
        settled_differences = v.settled, new_differences = :new
      FROM (SELECT run, sum(source_rows)::bigint AS rows,
                   sum(changed + missing + extra)::bigint AS differences,
                   sum(settled)::bigint AS settled
            FROM landfall.verification WHERE run = :run GROUP BY run) v
      WHERE v.run = r.id
      RETURNING r.rows_compared, r.differences
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
    if (isThere()
        && !query(HAD_A_RUN)
            .bind("command", command)
            .bind("started", started)
            .bind("outcome", outcome)
            .exists()) {
      Events.add(connection, name, null, Event.refused(command, started, outcome, message));
    }
  }

  /**
   * Forgets what ended longer ago than that: what could not start, and verifications that say
   * nothing any more because each of their tables was compared to its end since.
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
   * Sums a verification up, as the end of the transaction that has written its verdict.
   *
   * @param alarm whether its new differences are to be told; that they are is kept with the
   *     verdict, so that no alarm is lost
   */
  public void sumUp(long run, long newDifferences, boolean alarm) throws SQLException {
    Optional<Event> verdict =
        ofRun(SUM_UP, run)
            .bind("new", newDifferences)
            .one(
                row ->
                    Event.verdict(
                        row.number("rows_compared"), row.number("differences"), newDifferences));
    if (verdict.isPresent()) {
      Events.add(connection, name, run, verdict.get());
    }
    if (alarm) {
      Events.add(connection, name, run, Event.alarm(newDifferences));
    }
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

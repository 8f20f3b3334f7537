package dev.landfall.transforms.ledger;

import dev.landfall.transforms.jdbc.Query;
import dev.landfall.transforms.jdbc.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Alarms: events that are written with their verdicts, and are due until one says that they were
 * told. Whoever tells them may end at any moment: what was told may be told again, and nothing is
 * lost.
 */
public final class AlarmLedger {
  /** Enough to see what is wrong; a document that a chat or a pager takes. */
  private static final int FIRST_NEW = 20;

  /** The newest word on a run's alarm, as a lateral join of {@code r}. */
  static final String NEWEST =
      """
      LEFT JOIN LATERAL (
        SELECT kind, facts ->> 'error' AS error FROM landfall.event e
        WHERE e.run = r.id AND e.kind IN ('ALARM', 'ALARM_TOLD', 'ALARM_FAILED')
        ORDER BY e.id DESC LIMIT 1) alarm ON true
      """;

  private static final String UNTOLD =
      """
      SELECT DISTINCT e.run FROM landfall.event e
      WHERE e.migration = :name AND e.kind IN ('ALARM', 'ALARM_FAILED') AND NOT EXISTS (
        SELECT FROM landfall.event told
        WHERE told.run = e.run AND told.kind = 'ALARM_TOLD' AND told.id > e.id)
      ORDER BY e.run
      """;

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

  private final Connection connection;
  private final String name;

  /** The alarms of that migration, over that connection to the target. */
  public AlarmLedger(Connection connection, String name) {
    this.connection = connection;
    this.name = name;
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

  /** Runs whose alarm reached nobody, oldest first; none where there is no ledger. */
  public List<Long> untold() throws SQLException {
    return new MigrationLedger(connection, name).isInstalled()
        ? Query.of(connection, UNTOLD).bind("name", name).list(row -> row.number("run"))
        : List.of();
  }

  /**
   * Keeps whether a run's alarm was told.
   *
   * @param error why it was not; null when it was
   */
  public void told(long run, @Nullable String error) throws SQLException {
    Event event = error == null ? Event.alarmTold() : Event.alarmFailed(error);
    Transactions.in(
        connection,
        () -> {
          // One that fails for weeks says so once.
          if (error == null || !Optional.of(error).equals(newestError(run))) {
            Events.add(connection, name, run, event);
          }
          return event;
        });
  }

  private Optional<String> newestError(long run) throws SQLException {
    return ofRun("SELECT alarm.error FROM landfall.run r " + NEWEST + " WHERE r.id = :run", run)
        .one(row -> Optional.ofNullable(row.textOrNull("error")))
        .flatMap(found -> found);
  }

  private Query ofRun(String sql, long run) {
    return Query.of(connection, sql).bind("run", run);
  }
}

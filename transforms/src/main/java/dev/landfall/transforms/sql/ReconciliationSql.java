package dev.landfall.transforms.sql;

import java.util.List;

/**
 * The ledger's tables of what is compared again and again, and every statement on them: passes made
 * of slices, which differences are known, and what became of each run.
 */
public final class ReconciliationSql {
  private ReconciliationSql() {}

  /** Opens a pass unless one is open. Parameters: name, name. */
  public static final String OPEN_PASS =
      "INSERT INTO landfall.pass (migration) SELECT ? WHERE NOT EXISTS"
          + " (SELECT FROM landfall.pass WHERE migration = ? AND finished IS NULL)";

  /** The open pass: id, start. Parameter: name. */
  public static final String PASS =
      "SELECT id, began FROM landfall.pass WHERE migration = ? AND finished IS NULL";

  /** How far a pass has come: table position, key, last key, finished, rows. Parameter: pass. */
  public static final String PASS_TABLES =
      "SELECT table_position, key, upto, finished, rows FROM landfall.pass_table WHERE pass = ?";

  /** Parameters: run, table position, pass, key, start, end, rows. */
  public static final String ADD_SLICE =
      "INSERT INTO landfall.slice (run, table_position, pass, key, range_start, range_end, rows)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?)";

  /** What a run's slice is: table position, key, start, end, rows, in order. Parameter: run. */
  public static final String SLICE =
      "SELECT table_position, key, range_start, range_end, rows FROM landfall.slice WHERE run = ?"
          + " ORDER BY table_position";

  /** Takes a pass as far as a run's slice goes. Parameter: run. */
  public static final String ADVANCE_PASS =
      "INSERT INTO landfall.pass_table AS t (pass, table_position, run, key, upto, finished, rows)"
          + " SELECT pass, table_position, run, key, range_end, range_end IS NULL, rows"
          + " FROM landfall.slice WHERE run = ?"
          + " ON CONFLICT (pass, table_position) DO UPDATE SET run = excluded.run,"
          + " key = excluded.key, upto = excluded.upto, finished = excluded.finished,"
          + " rows = t.rows + excluded.rows";

  /** Closes a pass that has come through so many tables. Parameters: run, tables. */
  public static final String CLOSE_PASS =
      "UPDATE landfall.pass p SET finished = clock_timestamp()"
          + " WHERE p.id = (SELECT max(pass) FROM landfall.slice WHERE run = ?)"
          + " AND (SELECT count(*) FROM landfall.pass_table t WHERE t.pass = p.id AND t.finished)"
          + " >= ?";

  /**
   * Takes a pass back to where a run found it, and forgets the run's slice. Each has one parameter:
   * run.
   */
  public static final List<String> TAKE_BACK =
      List.of(
          "UPDATE landfall.pass SET finished = NULL WHERE id IN"
              + " (SELECT t.pass FROM landfall.pass_table t WHERE t.run = ?)",
          "UPDATE landfall.pass_table t SET upto = s.range_start, finished = false,"
              + " rows = greatest(0, t.rows - s.rows) FROM landfall.slice s WHERE s.run = ?"
              + " AND t.run = s.run AND t.pass = s.pass AND t.table_position = s.table_position",
          "DELETE FROM landfall.slice WHERE run = ?");

  /** The pass of a run's slice: start, and whether it is finished. Parameter: run. */
  public static final String PASS_OF =
      "SELECT p.began, p.finished IS NOT NULL, p.id FROM landfall.pass p WHERE p.id ="
          + " (SELECT max(pass) FROM landfall.slice WHERE run = ?)";

  /** Says of a run's verdicts which are of parts. Parameter: run. */
  public static final String MARK_PARTS =
      "UPDATE landfall.verification v SET pass = s.pass, complete = s.range_end IS NULL"
          + " FROM landfall.slice s WHERE s.run = v.run AND s.table_position = v.table_position"
          + " AND v.run = ?";

  /** Keys of a run's differences: id, target table, key (JSON). Parameter: run. */
  public static final String DIFFERENCE_KEYS =
      "SELECT d.id, d.target_table, k.key, k.value FROM landfall.difference d,"
          + " jsonb_each_text(d.key) k WHERE d.run = ? ORDER BY d.id";

  /**
   * Which of a run's differences were not known before. Parameters: ids, hashes, run, name, run.
   */
  public static final String MARK_NEW =
      "UPDATE landfall.difference d SET is_new = true"
          + " FROM unnest(?::bigint[], ?::bytea[]) AS found(id, key_hash)"
          + " WHERE d.id = found.id AND d.run = ? AND NOT EXISTS (SELECT FROM"
          + " landfall.known_difference k WHERE k.migration = ? AND k.target_table ="
          + " d.target_table AND k.key_hash = found.key_hash AND k.first_run < ?)";

  /** Keeps a run's differences as known. Parameters: name, run, run, ids, hashes. */
  public static final String KEEP_KNOWN =
      "INSERT INTO landfall.known_difference (migration, target_table, key_hash, first_run,"
          + " last_run) SELECT DISTINCT ?, d.target_table, found.key_hash, ?::bigint, ?::bigint"
          + " FROM unnest(?::bigint[], ?::bytea[]) AS found(id, key_hash)"
          + " JOIN landfall.difference d ON d.id = found.id"
          + " ON CONFLICT (migration, target_table, key_hash)"
          + " DO UPDATE SET last_run = excluded.last_run";

  /**
   * Forgets known differences of tables that a run has looked at to their ends and that neither it
   * nor, within the same pass, an earlier one has found again. Parameter: run.
   */
  public static final String FORGET_GONE =
      "DELETE FROM landfall.known_difference k USING landfall.verification v"
          + " WHERE v.run = ? AND v.complete AND k.migration = v.migration"
          + " AND k.target_table = v.target_table AND k.last_run < coalesce((SELECT min(e.run)"
          + " FROM landfall.verification e WHERE e.pass = v.pass AND e.migration = v.migration"
          + " AND e.target_table = v.target_table), v.run)";

  /**
   * How many new differences a run has: those that are named and new; of a count, and of a table
   * with more than are named, now or the time before, by how many they became more. Parameter: run.
   */
  public static final String COUNT_NEW =
      """
      SELECT coalesce(sum(CASE
               WHEN before > before_named AND level <> 'SAMPLE'
                 THEN greatest(total - before, 0)
               WHEN total > named THEN greatest(named_new, total - coalesce(before, 0))
               ELSE named_new END), 0)
      FROM (SELECT v.level, v.changed + v.missing + v.extra AS total, n.named, n.named_new, b.before,
                   (SELECT coalesce(sum(copies), 0) FROM landfall.difference d
                     WHERE d.run = b.run AND d.target_table = v.target_table) AS before_named
            FROM landfall.verification v
            CROSS JOIN LATERAL (
              SELECT coalesce(sum(copies), 0) AS named,
                     coalesce(sum(copies) FILTER (WHERE is_new), 0) AS named_new
              FROM landfall.difference d
              WHERE d.run = v.run AND d.target_table = v.target_table) n
            LEFT JOIN LATERAL (
              SELECT e.run, CASE v.level WHEN 'COUNT' THEN abs(e.missing - e.extra)
                            ELSE e.changed + e.missing + e.extra END AS before
              FROM landfall.verification e
              WHERE v.complete AND v.pass IS NULL AND e.migration = v.migration AND e.complete
                AND e.target_table = v.target_table AND e.run < v.run AND e.pass IS NULL
                AND (e.level IN ('CHECKSUM', 'FULL') OR e.level = 'COUNT' AND v.level = 'COUNT')
              ORDER BY e.run DESC LIMIT 1) b ON true
            WHERE v.run = ?) t
      """;

  /**
   * The first new differences of a run: source table, target table, key (JSON), kind. Parameters:
   * run, how many.
   */
  public static final String NEW_DIFFERENCES =
      "SELECT m.tables[d.table_position + 1], d.target_table, d.key::text, d.kind"
          + " FROM landfall.difference d JOIN landfall.migration m ON m.name = d.migration"
          + " WHERE d.run = ? AND d.is_new ORDER BY d.id LIMIT ?";

  /** Says what a verification is asked for. Parameters: run, level, slice. */
  public static final String BEGIN_SUMMARY =
      "INSERT INTO landfall.summary (run, level, slice) VALUES (?, ?, ?)"
          + " ON CONFLICT (run) DO UPDATE SET level = excluded.level, slice = excluded.slice";

  /** An alarm that is to be told: with its verdict in one transaction, so that none is lost. */
  public static final String PENDING = "PENDING";

  /** Sums a verification up. Parameters: new differences, alarm, run. */
  public static final String END_SUMMARY =
      "UPDATE landfall.summary s SET rows_compared = v.rows, differences = v.differences,"
          + " settled_differences = v.settled, new_differences = ?, alarm = ?"
          + " FROM (SELECT run, sum(source_rows)::bigint AS rows,"
          + " sum(changed + missing + extra)::bigint AS differences,"
          + " sum(settled)::bigint AS settled FROM landfall.verification"
          + " WHERE run = ? GROUP BY run) v WHERE v.run = s.run";

  /** Parameters: alarm, error, run. */
  public static final String SET_ALARM =
      "UPDATE landfall.summary SET alarm = ?, alarm_error = ? WHERE run = ?";

  /** Runs whose alarm reached nobody yet, oldest first: run. Parameter: name. */
  public static final String UNTOLD =
      "SELECT s.run FROM landfall.summary s JOIN landfall.run r ON r.id = s.run"
          + " WHERE r.migration = ? AND s.alarm IN ('FAILED', 'PENDING') ORDER BY s.run";

  /**
   * What an alarm says of a run: start, end, tables compared, rows compared, differences, new ones.
   * Parameter: run.
   */
  public static final String ALARM =
      "SELECT r.started, coalesce(r.ended, clock_timestamp()), (SELECT count(*) FROM"
          + " landfall.verification v WHERE v.run = r.id), coalesce(s.rows_compared, 0),"
          + " coalesce(s.differences, 0), coalesce(s.new_differences, 0), s.slice"
          + " FROM landfall.run r JOIN landfall.summary s ON s.run = r.id WHERE r.id = ?";

  /**
   * Notes a run that could not start, unless it did and has an entry of its own. Clocks may differ
   * by some seconds. Parameters: command, start, outcome, message, name, command, outcome, start.
   */
  public static final String ADD_ATTEMPT =
      "INSERT INTO landfall.attempt (migration, command, started, ended, outcome, message)"
          + " SELECT name, ?, ?, clock_timestamp(), ?, ? FROM landfall.migration m WHERE name = ?"
          + " AND NOT EXISTS (SELECT FROM landfall.run r WHERE r.migration = m.name"
          + " AND r.command = ? AND r.outcome = ? AND r.started >= ?::timestamptz"
          + " - interval '5 s')";

  /**
   * Runs and attempts, newest first: run, command, start, end, outcome, holder, level, slice, rows
   * compared, differences, new, settled, alarm, message. Parameters: name, name, how many.
   */
  public static final String HISTORY =
      """
      SELECT * FROM (
        SELECT r.id, r.command, r.started, r.ended, r.outcome, r.holder, s.level, s.slice,
               s.rows_compared, s.differences, s.new_differences, s.settled_differences,
               s.alarm, s.alarm_error
        FROM landfall.run r LEFT JOIN landfall.summary s ON s.run = r.id
        WHERE r.migration %1$s
        UNION ALL
        SELECT NULL, a.command, a.started, a.ended, a.outcome, NULL, NULL, NULL,
               NULL, NULL, NULL, NULL, NULL, a.message
        FROM landfall.attempt a WHERE a.migration %1$s) h
      ORDER BY started DESC, id DESC NULLS LAST LIMIT ?
      """
          .formatted(EarlierSql.OF_ANY_LIFE);

  /**
   * Forgets what is older than so many seconds: attempts, and runs that compared and whose verdict
   * on every table has been followed by another one that is complete. Parameters: name, seconds,
   * each.
   */
  public static final List<String> PRUNE =
      List.of(
          "DELETE FROM landfall.attempt WHERE migration "
              + EarlierSql.OF_ANY_LIFE
              + " AND ended < clock_timestamp() - ? * interval '1 s'",
          """
          DELETE FROM landfall.run r WHERE r.migration %s AND r.command = 'verify'
            AND r.ended < clock_timestamp() - ? * interval '1 s'
            AND NOT EXISTS (
              SELECT FROM landfall.verification v
              LEFT JOIN LATERAL (
                SELECT b.run, b.pass FROM landfall.verification b
                WHERE b.migration = v.migration AND b.target_table = v.target_table AND b.complete
                ORDER BY b.run DESC LIMIT 1) base ON true
              WHERE v.run = r.id AND (base.run IS NULL OR v.run >= base.run
                                      OR v.pass = base.pass))
          """
              .formatted(EarlierSql.OF_ANY_LIFE),
          """
          DELETE FROM landfall.pass p WHERE p.migration = ?
            AND p.finished < clock_timestamp() - ? * interval '1 s'
            AND NOT EXISTS (SELECT FROM landfall.slice s WHERE s.pass = p.id)
          """);
}

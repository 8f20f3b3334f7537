package dev.landfall.transforms.ledger;

/** What a report asks of the ledger. */
public final class ReportStatements {
  private ReportStatements() {}

  /** The target's server. */
  public static final String VERSION = "SELECT version() AS version";

  /** Mapping, and when it was begun. */
  public static final String MIGRATION =
      "SELECT mapping, created FROM landfall.migration WHERE name = :name";

  /**
   * Runs that loaded something, and the newest others: id, command, holder, start, end, outcome,
   * first chunk's start, last commit, rows, bytes, verdict's time; number of all runs.
   */
  public static final String RUNS =
      """
      SELECT id, command, holder, started, ended, outcome, first, last, rows, bytes, verified, all_rows
      FROM (
        SELECT r.id, r.command, r.holder, r.started, r.ended, r.outcome, c.first, c.last,
               coalesce(c.rows, 0) AS rows, coalesce(c.bytes, 0) AS bytes, v.verified,
               count(*) OVER () AS all_rows, row_number() OVER (ORDER BY r.id DESC) AS age
        FROM landfall.run r
        LEFT JOIN (SELECT run, min(started) AS first, max(committed) AS last,
                          sum(rows_loaded)::bigint AS rows, sum(bytes)::bigint AS bytes
                   FROM landfall.chunk
                   WHERE migration = :name AND plan = 'LOAD' AND committed IS NOT NULL
                   GROUP BY run) c ON c.run = r.id
        LEFT JOIN (SELECT run, max(finished) AS verified FROM landfall.verification
                   WHERE migration = :name GROUP BY run) v ON v.run = r.id
        WHERE r.migration = :name) all_runs
      WHERE rows > 0 OR age <= :most ORDER BY id
      """;

  /**
   * Rows and bytes that each run committed, in equal parts of its time: run, number of the part
   * from 0, rows, bytes.
   */
  public static final String LOADED_OVER_TIME =
      """
      SELECT run, least(:last, floor(extract(epoch FROM committed - first)
                 / greatest(extract(epoch FROM last - first), 0.001) * :parts))::int AS part,
             sum(rows_loaded) AS rows,
             sum(bytes) AS bytes
      FROM (SELECT run, committed, rows_loaded, bytes,
                   min(started) OVER (PARTITION BY run) AS first,
                   max(committed) OVER (PARTITION BY run) AS last
            FROM landfall.chunk
            WHERE migration = :name AND plan = 'LOAD' AND committed IS NOT NULL AND run IS NOT NULL) c
      GROUP BY run, part ORDER BY run, part
      """;

  /**
   * For how many seconds runs worked on each table: position, seconds. The time between two runs
   * does not count.
   */
  public static final String SECONDS =
      """
      SELECT table_position, sum(extract(epoch FROM last - first)) AS seconds
      FROM (SELECT table_position, run, min(started) AS first, max(committed) AS last
            FROM landfall.chunk
            WHERE migration = :name AND plan = 'LOAD' AND committed IS NOT NULL
            GROUP BY table_position, run) worked
      GROUP BY table_position
      """;

  /**
   * Differences that comparisons of parts of tables found after the newest one of all rows of them.
   */
  public static final String LATER_PARTS =
      "SELECT coalesce(sum(p.changed + p.missing + p.extra), 0)::bigint"
          + " FROM landfall.verification p WHERE p.migration = :name"
          + " AND p.pass IS NOT NULL AND p.run > coalesce((SELECT max(v.run)"
          + " FROM landfall.verification v WHERE v.migration = :name AND "
          + SnapshotStatements.WHOLE
          + " AND v.table_position = p.table_position AND v.pass IS NULL), 0)";

  /**
   * The verdict that counts on the whole of each target table: run, position, target, when, source
   * rows, target rows, matched, changed, missing, extra, level, settled, looks, seed, whether rows
   * were loaded after it.
   */
  public static final String VERDICTS =
      "SELECT v.run, v.table_position, v.target_table, v.finished, v.source_rows, v.target_rows,"
          + " v.matched, v.changed, v.missing, v.extra,"
          + " v.level,"
          + " v.settled,"
          + " v.looks, v.seed,"
          + " EXISTS (SELECT FROM landfall.chunk c WHERE c.migration = :name AND c.plan = 'LOAD'"
          + " AND c.table_position = v.table_position AND c.committed > v.finished) AS loaded_since"
          + " FROM landfall.verification v"
          + SnapshotStatements.COUNTING.formatted("v")
          + " ORDER BY v.table_position, v.target_table";

  /**
   * Differences of those verdicts: target, kind, key's columns, key's values, columns, copies,
   * columns with values, source's values, target's values, reject.
   */
  public static final String DIFFERENCES =
      "SELECT d.target_table, d.kind,"
          + " ARRAY(SELECT key FROM jsonb_each_text(d.key)) AS key_columns,"
          + " ARRAY(SELECT value FROM jsonb_each_text(d.key)) AS key_texts,"
          + " d.columns, d.copies, ARRAY(SELECT key FROM jsonb_each(d.column_values)) AS shown,"
          + " ARRAY(SELECT value ->> 0 FROM jsonb_each(d.column_values)) AS source_values,"
          + " ARRAY(SELECT value ->> 1 FROM jsonb_each(d.column_values)) AS target_values, d.reject"
          + " FROM (SELECT d.*, row_number() OVER (PARTITION BY d.table_position, d.target_table ORDER BY d.id)"
          + " AS place FROM landfall.difference d"
          + SnapshotStatements.COUNTING.formatted("d")
          + ") d WHERE d.place <= :most_of_table ORDER BY d.table_position, d.target_table, d.id LIMIT :most";

  /**
   * Why rows were rejected that still are: table, column, reason, rows, from the most frequent on.
   */
  public static final String REJECT_REASONS =
      "SELECT table_name, column_name, reason, count(*) AS rows FROM landfall.reject r WHERE migration = :name"
          + " AND mended IS NULL GROUP BY table_name, column_name, reason ORDER BY count(*) DESC, min(id) LIMIT :most";

  /**
   * The first rows that are still rejected: table, key's columns, key's values, column, reason,
   * value.
   */
  public static final String REJECTS =
      "SELECT table_name, ARRAY(SELECT k.key FROM jsonb_each_text(r.key) k) AS key_columns,"
          + " ARRAY(SELECT k.value FROM jsonb_each_text(r.key) k) AS key_texts, column_name, reason, value"
          + " FROM landfall.reject r WHERE migration = :name AND mended IS NULL ORDER BY table_position, chunk, id LIMIT :most";

  /** The newest events of those kinds: when, run, kind, text, number of all. */
  public static final String EVENTS =
      "SELECT at, run, kind, text, all_rows FROM (SELECT *, count(*) OVER () AS all_rows"
          + " FROM landfall.event WHERE migration = :name AND kind = ANY (:kinds)"
          + " ORDER BY id DESC LIMIT :most) e ORDER BY id";

  /**
   * The newest verifications that came to a verdict: run, command, start, verdict's time, level,
   * tables, source rows, target rows, differences, settled, number of all.
   */
  public static final String HISTORY =
      """
      SELECT r.id, r.command, r.started, v.finished, v.level, v.tables, v.source_rows,
             v.target_rows, v.differences, v.settled, count(*) OVER () AS all_rows
      FROM (SELECT run, max(finished) AS finished,
                   string_agg(DISTINCT v.level, ', ') AS level,
                   count(*) AS tables, sum(source_rows)::bigint AS source_rows,
                   sum(target_rows)::bigint AS target_rows,
                   sum(changed + missing + extra)::bigint AS differences,
                   sum(v.settled)::bigint AS settled
            FROM landfall.verification v WHERE migration = :name GROUP BY run) v
      JOIN landfall.run r ON r.id = v.run ORDER BY r.id DESC LIMIT :most
      """;

  /**
   * What repairs did: target, action, keys, newest, whether something was changed after all rows of
   * the table were last compared (or some, where all never were).
   */
  public static final String REPAIRS =
      "SELECT p.target_table, p.action, count(DISTINCT p.key) AS keys, max(p.at) AS newest, coalesce(bool_or(p.action"
          + " NOT IN ('UNCHANGED', 'LEFT', 'FAILED') AND p.at > (SELECT"
          + " coalesce(max(v.finished) FILTER (WHERE "
          + SnapshotStatements.WHOLE
          + "), max(v.finished))"
          + " FROM landfall.verification v WHERE v.migration = :name"
          + " AND v.target_table = p.target_table AND v.pass IS NULL)), false) AS changed_since"
          + " FROM landfall.repair p WHERE p.migration = :name"
          + " GROUP BY p.target_table, p.action ORDER BY p.target_table, p.action";

  private static final String NEWEST_SELF_TEST =
      " FROM landfall.self_test s JOIN landfall.run r ON r.id = s.run WHERE r.migration = :name"
          + " AND s.run = (SELECT max(n.run) FROM landfall.self_test n JOIN landfall.run o"
          + " ON o.id = n.run WHERE o.migration = r.migration AND n.target_table = s.target_table)";

  /** The newest sensitivity proof of each table: target, cases, passed, run. */
  public static final String SELF_TEST_TABLES =
      "SELECT s.target_table, count(*) AS cases, count(*) FILTER (WHERE s.passed) AS passed, min(s.run) AS run"
          + NEWEST_SELF_TEST
          + " GROUP BY s.target_table ORDER BY min(s.run), min(s.position)";

  /** Its cases, those that failed first: target, columns, type, fault, wanted, found, passed. */
  public static final String SELF_TEST_CASES =
      "SELECT s.target_table, s.columns, s.type, s.fault, s.wanted, s.found, s.passed"
          + NEWEST_SELF_TEST
          + " ORDER BY s.passed, s.run, s.position LIMIT :most";
}

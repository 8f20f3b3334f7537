package dev.landfall.transforms.ledger;

/** What displays ask of a migration and its tables: its chunks, and what comparisons said of it. */
final class SnapshotStatements {
  private SnapshotStatements() {}

  /**
   * The migration's phase, that of the newest run while it goes on, its activity, tables, targets,
   * start, now, holder, note, whether the run died, its newest job's cluster, id and name, what the
   * newest run that made keys could not prove, as far as it was not tried again since, and how the
   * newest one that moved the migration ended.
   */
  static final String SNAPSHOT =
      """
      SELECT m.phase, CASE WHEN r.ended IS NULL THEN r.phase END AS now, r.activity, m.tables, m.targets, r.started, clock_timestamp() AS taken,
             CASE WHEN r.ended IS NULL THEN r.holder END AS holder,
             (SELECT text FROM landfall.event e
               WHERE e.migration = m.name AND e.run = r.id AND r.ended IS NULL AND e.kind = ANY (:noted)
               ORDER BY e.id DESC LIMIT 1) AS note,
             r.ended IS NULL AND NOT EXISTS (SELECT 1 %s) AS died,
             j.facts ->> 'cluster' AS cluster, j.facts ->> 'id' AS job,
             j.facts ->> 'name' AS job_name,
             ARRAY(SELECT text FROM landfall.event e
               WHERE e.migration = m.name AND e.kind = 'CONSTRAINT'
                 AND e.run >= (SELECT max(id) FROM landfall.run
                               WHERE migration = m.name AND command IN ('migrate', 'schema'))
                 AND NOT EXISTS (SELECT FROM landfall.event p
                                 WHERE p.migration = m.name AND p.kind = 'TRIED'
                                   AND p.id > e.id
                                   AND p.facts ->> 'constraint' = e.facts ->> 'constraint')
               GROUP BY text ORDER BY min(e.id)) AS warnings,
             (SELECT outcome FROM landfall.run WHERE migration = m.name AND %s
              ORDER BY id DESC LIMIT 1) AS moved
      FROM landfall.migration m
      LEFT JOIN LATERAL (SELECT * FROM landfall.run WHERE migration = m.name
                         ORDER BY id DESC LIMIT 1) r ON true
      LEFT JOIN LATERAL (SELECT facts FROM landfall.event
                         WHERE run = r.id AND kind = 'JOB_TAKEN' AND r.ended IS NULL
                         ORDER BY id DESC LIMIT 1) j ON true
      WHERE m.name = :name
      """
          .formatted(ActivityLock.holders("(SELECT r.activity AS word) run"), RunStatements.MOVING);

  /**
   * What rules did in committed chunks, a row for each table, target, column and rule: position,
   * target, source column, rule, rows, and an array of at most five keys, each as JSON. Of many
   * chunks those with the lowest numbers give the keys.
   */
  static final String DISPOSITIONS =
      """
      SELECT table_position, target_table, column_name, rule, rows,
             ARRAY(SELECT key::text
                   FROM unnest(samples) WITH ORDINALITY s (keys, chunk),
                        jsonb_array_elements(s.keys) WITH ORDINALITY k (key, place)
                   ORDER BY s.chunk, k.place LIMIT 5) AS sample_keys
      FROM (SELECT table_position, target_table, column_name, rule, sum(rows) AS rows,
                   (array_agg(sample_keys ORDER BY chunk))[1:5]
                     AS samples
            FROM landfall.disposition d WHERE migration = :name
            GROUP BY table_position, target_table, column_name, rule) used
      ORDER BY table_position, target_table, column_name, rule
      """;

  /**
   * Sums of each table's chunks, by position, and arrays of the runs that worked on it, from when
   * and until when each, in order.
   */
  static final String TABLES =
      """
      SELECT table_position, sum(chunks) AS chunks, sum(done) AS done, sum(estimated) AS estimated,
             sum(read) AS read, sum(loaded) AS loaded, sum(filtered) AS filtered,
             sum(rejected) AS rejected, sum(bytes) AS bytes,
             array_agg(run ORDER BY first) FILTER (WHERE first IS NOT NULL) AS runs,
             array_agg(first ORDER BY first) FILTER (WHERE first IS NOT NULL) AS begun,
             array_agg(last ORDER BY first) FILTER (WHERE first IS NOT NULL) AS ended
      FROM (SELECT table_position, coalesce(run, 0) AS run, count(*) AS chunks,
                   count(committed) AS done, sum(estimated_rows) AS estimated,
                   sum(rows_read) AS read, sum(rows_loaded) AS loaded,
                   sum(rows_filtered) AS filtered, sum(rows_rejected) AS rejected,
                   sum(bytes) AS bytes, min(started) AS first, max(committed) AS last
            FROM landfall.chunk WHERE migration = :name AND plan = 'LOAD'
            GROUP BY table_position, coalesce(run, 0)) worked
      GROUP BY table_position ORDER BY table_position
      """;

  /**
   * How much a comparison proves by its level: 2 all, 1 something of some rows, 0 only how many
   * they are.
   */
  private static final String STRENGTH =
      "CASE %1$s.level WHEN 'COUNT' THEN 0" + " WHEN 'SAMPLE' THEN 1 ELSE 2 END";

  /** Whether a comparison looked at every row; {@code v} is its verdict. */
  static final String WHOLE = STRENGTH.formatted("v") + " = 2";

  /**
   * What comparisons say of each table: position, differences, when that was found, level. The
   * closest comparison of all of its rows counts (made in one run, or in the slices of a pass),
   * until one of less, or of a part, that came later finds differences where it found none. No row
   * where slices found nothing and have not come to the table's end.
   */
  static final String VERDICTS =
      """
      WITH v AS (
        SELECT table_position, run, max(finished) AS finished,
               sum(changed + missing + extra) AS differences,
               max(v.pass) AS pass,
               bool_or(v.complete) AS complete,
               min(v.level) AS level,
               min(%s) AS strength
        FROM landfall.verification v WHERE migration = :name GROUP BY table_position, run),
      base AS (
        SELECT DISTINCT ON (table_position) table_position, run, pass, level
        FROM v WHERE complete AND strength = 2 ORDER BY table_position, run DESC),
      said AS (
        SELECT b.table_position, 2 AS strength, sum(v.differences) AS differences,
               max(v.finished) AS finished, min(b.level) AS level
        FROM base b JOIN v ON v.table_position = b.table_position
          AND (v.run = b.run OR v.pass = b.pass)
        GROUP BY b.table_position
        UNION ALL
        SELECT v.table_position, 2, sum(v.differences), max(v.finished), min(v.level)
        FROM v LEFT JOIN base b USING (table_position)
        WHERE v.pass IS NOT NULL AND v.run > coalesce(b.run, 0)
        GROUP BY v.table_position HAVING sum(v.differences) > 0
        UNION ALL
        (SELECT DISTINCT ON (v.table_position, v.strength) v.table_position, v.strength,
                v.differences, v.finished, v.level
         FROM v LEFT JOIN base b USING (table_position)
         WHERE v.pass IS NULL AND v.strength < 2 AND v.run > coalesce(b.run, 0)
         ORDER BY v.table_position, v.strength, v.run DESC))
      SELECT DISTINCT ON (table_position) table_position, differences, finished, level
      FROM said ORDER BY table_position, differences > 0 DESC, strength DESC, differences DESC
      """
          .formatted(STRENGTH.formatted("v"));

  /**
   * Joins rows of the ledger, by their table's position and their run, with the comparison of the
   * whole of the table that counts, by the same rule. {@code %1$s} is what is joined.
   */
  static final String COUNTING =
      """
       JOIN (SELECT DISTINCT ON (table_position) table_position, run
             FROM (SELECT table_position, run, strength, differences,
                          max(run) FILTER (WHERE strength = 2)
                            OVER (PARTITION BY table_position) AS whole,
                          row_number() OVER (PARTITION BY table_position, strength
                                             ORDER BY run DESC) AS age
                   FROM (SELECT table_position, run, min(%2$s) AS strength,
                                sum(changed + missing + extra) AS differences
                         FROM landfall.verification v
                         WHERE migration = :name AND v.pass IS NULL
                         GROUP BY table_position, run) looks) ranked
             WHERE age = 1 AND run >= coalesce(whole, 0)
             ORDER BY table_position, differences > 0 DESC, strength DESC) newest
         ON newest.table_position = %1$s.table_position AND newest.run = %1$s.run
      """
          .replace("%2$s", STRENGTH.formatted("v"));
}

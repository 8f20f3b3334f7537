package dev.landfall.transforms.sql;

/**
 * What displays ask of the ledger about each table: its chunks, and what comparisons said of it.
 */
public final class SnapshotSql {
  private SnapshotSql() {}

  /**
   * Sums of each table's chunks, by position, and arrays of the runs that worked on it, from when
   * and until when each, in order. Parameter: name.
   */
  public static final String TABLES =
      """
      SELECT table_position, sum(chunks), sum(done), sum(estimated), sum(read), sum(loaded),
             sum(filtered), sum(rejected), sum(bytes),
             array_agg(run ORDER BY first) FILTER (WHERE first IS NOT NULL),
             array_agg(first ORDER BY first) FILTER (WHERE first IS NOT NULL),
             array_agg(last ORDER BY first) FILTER (WHERE first IS NOT NULL)
      FROM (SELECT table_position, coalesce(run, 0) AS run, count(*) AS chunks,
                   count(committed) AS done, sum(estimated_rows) AS estimated,
                   sum(rows_read) AS read, sum(rows_loaded) AS loaded,
                   sum(rows_filtered) AS filtered, sum(rows_rejected) AS rejected,
                   sum(bytes) AS bytes, min(started) AS first, max(committed) AS last
            FROM landfall.chunk WHERE migration = ? AND plan = 'LOAD'
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
   * where slices found nothing and have not come to the table's end. Parameter: name.
   */
  public static final String VERDICTS =
      """
      WITH v AS (
        SELECT table_position, run, max(finished) AS finished,
               sum(changed + missing + extra) AS differences,
               max(v.pass) AS pass,
               bool_or(v.complete) AS complete,
               min(v.level) AS level,
               min(%s) AS strength
        FROM landfall.verification v WHERE migration = ? GROUP BY table_position, run),
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

  /** Whether the newest run compared any table: true or false in its one row. Parameter: name. */
  public static final String COMPARED_BY_NEWEST =
      "SELECT EXISTS (SELECT FROM landfall.verification"
          + " WHERE run = (SELECT max(id) FROM landfall.run WHERE migration = ?))";

  /**
   * Joins rows of the ledger, by their table's position and their run, with the comparison of the
   * whole of the table that counts, by the same rule. {@code %1$s} is what is joined. Parameter:
   * name.
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
                         WHERE migration = ? AND v.pass IS NULL
                         GROUP BY table_position, run) looks) ranked
             WHERE age = 1 AND run >= coalesce(whole, 0)
             ORDER BY table_position, differences > 0 DESC, strength DESC) newest
         ON newest.table_position = %1$s.table_position AND newest.run = %1$s.run
      """
          .replace("%2$s", STRENGTH.formatted("v"));
}

package dev.landfall.transforms.sql;

/** The ledger's account of rows that could not be loaded, and every statement on it. */
public final class RejectSql {
  private RejectSql() {}

  /**
   * Parameters: name, table name, table position, chunk, key (JSON), column, reason, value, hashes
   * of the keys that the row would have in its target tables; NULL where it could not be converted.
   */
  public static final String ADD =
      "INSERT INTO landfall.reject (migration, table_name, table_position, chunk, key, column_name,"
          + " reason, value, target_keys) VALUES (?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?)";

  /** How many rejects of a source table stand. Parameters: name, table name. */
  public static final String OF_TABLE =
      "SELECT count(*) FROM landfall.reject"
          + " WHERE migration = ? AND table_name = ? AND mended IS NULL";

  /**
   * Rejects of rows by the keys that they would have: position of the table, of the target among
   * those of the table from 1 on, hash, reason. Parameters: name, hashes.
   */
  public static final String BY_KEY =
      "SELECT r.table_position, k.place, k.hash, r.reason FROM landfall.reject r,"
          + " unnest(r.target_keys) WITH ORDINALITY k (hash, place)"
          + " WHERE r.migration = ? AND k.hash = ANY (?) ORDER BY r.id";

  /** How many are mended, by table position. Parameter: name. */
  public static final String MENDED =
      "SELECT table_position, count(*) FROM landfall.reject"
          + " WHERE migration = ? AND mended IS NOT NULL GROUP BY table_position";

  /**
   * The columns for which most rows were rejected: table, column, rows, the most frequent reason,
   * number of all such columns. Parameters: name, limit.
   */
  public static final String COLUMNS =
      "SELECT table_name, column_name, count(*), mode() WITHIN GROUP (ORDER BY reason),"
          + " count(*) OVER () FROM landfall.reject WHERE migration = ?"
          + " GROUP BY table_name, column_name ORDER BY count(*) DESC, min(id) LIMIT ?";

  /** A reject that stands. */
  static final String STANDS = "mended IS NULL";

  /**
   * The first rejects: table, key's columns, key's values, column, reason, value, when, when it was
   * mended and by which run, how many there are that stand and that are mended. Parameters: name,
   * tables (none for all), whether mended ones too, limit.
   */
  public static final String LIST =
      """
      SELECT table_name, ARRAY(SELECT k.key FROM jsonb_each_text(r.key) k),
             ARRAY(SELECT k.value FROM jsonb_each_text(r.key) k), column_name, reason, value, at,
             mended, mended_by, standing, all_of_them - standing
      FROM (SELECT *, count(*) FILTER (WHERE %1$s) OVER () AS standing,
                   count(*) OVER () AS all_of_them
            FROM landfall.reject r
            WHERE migration = ? AND (cardinality(?) = 0 OR table_name = ANY (?))) r
      WHERE ? OR %1$s
      ORDER BY table_position, chunk, id LIMIT ?
      """
          .formatted(STANDS);

  /**
   * A page of those that stand: id, table position, key's columns, key's values, reason.
   * Parameters: name, the last id before, limit.
   */
  public static final String STANDING =
      "SELECT id, table_position, ARRAY(SELECT k.key FROM jsonb_each_text(r.key) k),"
          + " ARRAY(SELECT k.value FROM jsonb_each_text(r.key) k), reason"
          + " FROM landfall.reject r WHERE migration = ? AND mended IS NULL AND id > ?"
          + " ORDER BY id LIMIT ?";

  /**
   * Marks all of the tables that a run compared row by row, to the end, and found equal.
   * Parameters: run, name, run, run.
   */
  public static final String MEND_OF_EQUAL =
      """
      UPDATE landfall.reject r SET mended = clock_timestamp(), mended_by = ?
      WHERE migration = ? AND mended IS NULL
        AND EXISTS (SELECT FROM landfall.verification v
                    WHERE v.run = ? AND v.table_position = r.table_position)
        AND NOT EXISTS (SELECT FROM landfall.verification v
                        WHERE v.run = ? AND v.table_position = r.table_position
                          AND (NOT v.complete OR v.pass IS NOT NULL
                               OR v.level NOT IN ('CHECKSUM', 'FULL')
                               OR v.changed + v.missing + v.extra > 0))
      """;

  /** Marks some. Parameters: run, ids. */
  public static final String MEND =
      "UPDATE landfall.reject SET mended = clock_timestamp(), mended_by = ?"
          + " WHERE id = ANY (?) AND mended IS NULL";
}

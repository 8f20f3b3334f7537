package dev.landfall.transforms.ledger;

/** Statements on what a verification found: counts by round, differences, verdicts. */
public final class FindingStatements {
  private FindingStatements() {}

  public static final String ADD_COUNTS =
      """
      INSERT INTO landfall.finding (run, round, table_position, target_position, matched, changed,
        missing, extra)
      VALUES (:run, :round, :table, :target, :matched, :changed, :missing, :extra)
      """;

  /** Counts summed over rounds. */
  public static final String COUNTS =
      """
      SELECT table_position, target_position, sum(matched) AS matched, sum(changed) AS changed,
        sum(missing) AS missing, sum(extra) AS extra
      FROM landfall.finding WHERE run = :run GROUP BY table_position, target_position
      """;

  /** Values are JSON: by column an array of the source's and the target's. */
  public static final String ADD_DIFFERENCE =
      """
      INSERT INTO landfall.difference (run, migration, round, table_position, target_table, key,
        kind, columns, copies, column_values, reject)
      VALUES (:run, :name, :round, :table, :target, :key::jsonb, :kind, :columns, :copies,
        :values::jsonb, :reject)
      """;

  public static final String FORGET_DIFFERENCES =
      "DELETE FROM landfall.difference WHERE run = :run";

  /** How many differences a run has of each target table. */
  public static final String DIFFERENCE_COUNTS =
      """
      SELECT table_position, target_table, count(*) AS differences FROM landfall.difference
      WHERE run = :run GROUP BY table_position, target_table
      """;

  /** The first differences of each target table; keys and what is known of values as arrays. */
  public static final String DIFFERENCES =
      """
      SELECT table_position, target_table, kind, columns, copies, reject,
        ARRAY(SELECT key FROM jsonb_each_text(d.key)) AS key_columns,
        ARRAY(SELECT value FROM jsonb_each_text(d.key)) AS key_texts,
        ARRAY(SELECT key FROM jsonb_each(d.column_values)) AS shown,
        ARRAY(SELECT value ->> 0 FROM jsonb_each(d.column_values)) AS source_values,
        ARRAY(SELECT value ->> 1 FROM jsonb_each(d.column_values)) AS target_values
      FROM (SELECT *, row_number() OVER (PARTITION BY table_position, target_table ORDER BY id)
                        AS place
            FROM landfall.difference WHERE run = :run) d
      WHERE place <= :most ORDER BY table_position, target_table, id
      """;

  public static final String ADD_VERDICT =
      """
      INSERT INTO landfall.verification (run, migration, table_position, target_table, source_rows,
        target_rows, matched, changed, missing, extra, level, settled, looks, seed)
      VALUES (:run, :name, :table, :target, :source_rows, :target_rows, :matched, :changed,
        :missing, :extra, :level, :settled, :looks, :seed)
      """;
}

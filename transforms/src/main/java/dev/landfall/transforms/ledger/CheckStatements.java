package dev.landfall.transforms.ledger;

/** Statements on what checks found. */
final class CheckStatements {
  private CheckStatements() {}

  static final String FORGET =
      "DELETE FROM landfall.check_result WHERE run = :run AND subject = :subject";

  static final String LOOKED =
      """
      UPDATE landfall.run
      SET looked = array_append(array_remove(coalesce(looked, '{}'), :subject), :subject)
      WHERE id = :run
      """;

  static final String ADD =
      """
      INSERT INTO landfall.check_result (run, subject, position, name, outcome, message, notes,
        differences)
      VALUES (:run, :subject, :position, :check, :outcome, :message, :notes, :differences)
      """;

  static final String ADD_FINDING =
      """
      INSERT INTO landfall.check_finding (run, subject, position, number, severity, kind,
        table_name, object, key, expected, found, reason, remedy)
      VALUES (:run, :subject, :position, :number, :severity, :kind, :table, :object, :key::jsonb,
        :expected, :found, :reason, :remedy)
      """;

  /**
   * The newest run that looked at each subject: what it found, or that it found nothing, is what
   * stands.
   */
  private static final String NEWEST =
      """
      WITH newest AS (
        SELECT subject, max(id) AS run FROM landfall.run, unnest(looked) AS subject
        WHERE migration = :name GROUP BY subject)
      """;

  /** What stands, and whether the newest run of all found it. */
  static final String STANDING =
      NEWEST
          + """
      SELECT c.*,
        c.run = (SELECT max(id) FROM landfall.run WHERE migration = :name) AS by_newest
      FROM newest JOIN landfall.check_result c USING (run, subject)
      ORDER BY c.finished, c.position
      """;

  /** The first findings of what stands, of each subject the worst before others. */
  static final String FINDINGS =
      NEWEST
          + """
      SELECT f.*, ARRAY(SELECT k.key FROM jsonb_each_text(f.key) k) AS key_columns,
        ARRAY(SELECT k.value FROM jsonb_each_text(f.key) k) AS key_texts
      FROM (
        SELECT f.*, count(*) OVER (PARTITION BY subject, position, severity)
            AS of_severity, row_number() OVER (PARTITION BY subject ORDER BY
            CASE severity WHEN 'DIFFERENT' THEN 0 WHEN 'KNOWN' THEN 1 ELSE 2 END,
            position, number) AS place
        FROM newest JOIN landfall.check_finding f USING (run, subject)) f
      WHERE place <= :most ORDER BY subject, place
      """;
}

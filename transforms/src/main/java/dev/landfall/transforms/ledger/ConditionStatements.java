package dev.landfall.transforms.ledger;

/**
 * Statements on what is verified beside rows: the schema, the spec's checks, the source's count.
 */
final class ConditionStatements {
  private ConditionStatements() {}

  /** The place of the schema among a run's checks. */
  static final int SCHEMA = -1;

  /** The place of the source's count: behind all of the spec. */
  static final int COUNTED = Integer.MAX_VALUE;

  static final String ADD =
      """
      INSERT INTO landfall.check_result (run, position, name, outcome, message, notes, differences)
      VALUES (:run, :position, :check, :outcome, :message, :notes, :differences)
      """;

  static final String ADD_FINDING =
      """
      INSERT INTO landfall.check_finding (run, position, number, kind, table_name, object, key,
        expected, found, severity, reason)
      VALUES (:run, :position, :number, :kind, :table, :object, :key::jsonb, :expected, :found,
        :severity, :reason)
      """;

  static final String FORGET_SOURCE =
      "DELETE FROM landfall.check_finding WHERE run = :run AND position = "
          + SCHEMA
          + " AND kind LIKE 'SOURCE\\_%'";

  static final String NEXT_FINDING =
      "SELECT coalesce(max(number) + 1, 0) FROM landfall.check_finding WHERE run = :run"
          + " AND position = "
          + SCHEMA;

  /**
   * The newest run of all, and the newest that looked at the source, the target's schema, the
   * spec's checks and the source's count: what it found, or that it found nothing, is what stands.
   */
  static final String NEWEST =
      """
      WITH newest AS (
        SELECT max(id) AS run,
               max(id) FILTER (WHERE 'SOURCE' = ANY (looked)) AS source,
               max(id) FILTER (WHERE 'TARGET' = ANY (looked)) AS target,
               max(id) FILTER (WHERE 'CHECKS' = ANY (looked)) AS checks,
               max(id) FILTER (WHERE 'COUNT' = ANY (looked)) AS counted
        FROM landfall.run WHERE migration = :name)
      """;

  /** The finding {@code f} stands. */
  static final String FINDING_STANDS =
      "f.position = "
          + SCHEMA
          + " AND f.run = CASE WHEN f.kind LIKE 'SOURCE\\_%' THEN newest.source ELSE newest.target"
          + " END";

  /** The check {@code c} stands. */
  static final String CHECK_STANDS =
      "c.position > "
          + SCHEMA
          + " AND c.run = CASE c.position WHEN "
          + COUNTED
          + " THEN newest.counted ELSE newest.checks END";

  /**
   * What is other than promised, as far as was looked, a text for each, and whether the newest run
   * found it.
   */
  static final String BROKEN =
      NEWEST
          + """
      SELECT text, found_by = (SELECT run FROM newest) AS by_newest FROM (
        SELECT 0 AS part, f.number, f.run AS found_by,
               f.table_name || ': ' || replace(lower(f.kind), '_', ' ')
                 || CASE WHEN f.object = split_part(f.table_name, '.', 2) THEN ''
                    ELSE ' ' || f.object END
                 || ': promised ' || coalesce(f.expected, 'none')
                 || ', found ' || coalesce(f.found, 'none') || coalesce('; ' || f.reason, '') AS text
        FROM newest JOIN landfall.check_finding f ON %s
        WHERE f.severity = 'DIFFERENT'
        UNION ALL
        SELECT 1, c.position, c.run, 'check "' || c.name || '" ' || CASE c.outcome
               WHEN 'BROKEN' THEN 'is broken' ELSE 'failed' END
                 || coalesce(': ' || c.message, '')
        FROM newest JOIN landfall.check_result c ON %s
        WHERE c.outcome <> 'HELD') broken
      ORDER BY part, number, text
      """
              .formatted(FINDING_STANDS, CHECK_STANDS);
}

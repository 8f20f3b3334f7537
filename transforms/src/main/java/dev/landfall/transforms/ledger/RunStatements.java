package dev.landfall.transforms.ledger;

/** Statements on a migration's runs. */
final class RunStatements {
  private RunStatements() {}

  private static final String WHO =
      "holder || ', since ' || to_char(started AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS UTC')"
          + " AS holder FROM landfall.run WHERE migration = :name AND ";

  static final String HOLDER = "SELECT " + WHO;

  static final String OPEN_JOBS =
      """
      SELECT e.facts ->> 'cluster' AS cluster, e.facts ->> 'id' AS id, e.facts ->> 'name' AS name
      FROM landfall.event e JOIN landfall.run r ON r.id = e.run
      WHERE e.migration = :name AND e.kind = 'JOB_TAKEN' AND r.ended IS NULL
        AND r.activity = ANY (:activities)
      ORDER BY e.id
      """;

  /** The newest open run of each activity. */
  static final String OPEN_RUNS =
      "SELECT DISTINCT ON (activity) id, activity, "
          + WHO
          + "ended IS NULL ORDER BY activity, id DESC";

  /** Commands that move a migration on; of others its phase knows nothing. */
  static final String MOVING = "command IN ('migrate', 'backfill')";

  static final String SET_PHASE =
      """
      WITH run AS (
        UPDATE landfall.run SET phase = :phase WHERE id = :run RETURNING activity),
      moved AS (
        UPDATE landfall.migration SET phase = :phase
        WHERE name = :name AND (SELECT activity FROM run) = 'LOAD')
      SELECT activity FROM run
      """;

  /** What runs did that have ended. */
  static final String FORGET_STEPS =
      """
      DELETE FROM landfall.step s WHERE s.migration = :name AND NOT EXISTS (
        SELECT FROM landfall.run r WHERE r.id = s.run AND r.ended IS NULL)
      """;

  /** Ends runs, and with them the phase of a migration that they moved; their ids and commands. */
  static final String END_RUNS =
      """
      WITH ending AS (
        UPDATE landfall.run SET ended = clock_timestamp(), outcome = :outcome
        WHERE %s AND ended IS NULL RETURNING id, migration, command, outcome),
      moved AS (
        UPDATE landfall.migration m
        SET phase = CASE e.outcome WHEN 'DONE' THEN 'DONE' WHEN 'STOPPED' THEN 'STOPPED'
                    WHEN 'ABANDONED' THEN 'STOPPED' ELSE 'FAILED' END
        FROM ending e WHERE e.migration = m.name AND e.%s)
      SELECT id, command FROM ending ORDER BY id
      """;
}

package dev.landfall.transforms.ledger;

/** Statements on a migration's runs. */
final class RunStatements {
  private RunStatements() {}

  static final String HOLDER =
      """
      SELECT holder || ', since '
        || to_char(started AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS UTC') AS holder
      FROM landfall.run WHERE migration = :name AND\s""";

  static final String OPEN_JOBS =
      """
      SELECT j.cluster, j.id, j.name FROM landfall.job j JOIN landfall.run r ON r.id = j.run
      WHERE r.migration = :name AND r.ended IS NULL ORDER BY j.number
      """;

  static final String OPEN_RUN =
      """
      SELECT id, command FROM landfall.run WHERE migration = :name AND ended IS NULL
      ORDER BY id DESC LIMIT 1
      """;

  /** The name of the activity that a run is. */
  static final String ACTIVITY =
      """
      CASE command WHEN 'schema' THEN 'SCHEMA' WHEN 'verify' THEN 'VERIFY'
                   WHEN 'repair' THEN 'REPAIR' ELSE 'LOAD' END""";

  /** Commands that move a migration on; of others its phase knows nothing. */
  static final String MOVING = "command IN ('migrate', 'backfill')";

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

package dev.landfall.transforms.sql;

/** What a run is doing at the moment: one row of each migration. */
public final class StepSql {
  private StepSql() {}

  /** Begins a step in place of the one before. Parameters: name, run, kind, things, rows. */
  public static final String BEGIN =
      "INSERT INTO landfall.step (migration, run, kind, things, rows_expected)"
          + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (migration) DO UPDATE SET run = excluded.run,"
          + " kind = excluded.kind, began = clock_timestamp(), done = 0, things = excluded.things,"
          + " rows = 0, rows_expected = excluded.rows_expected";

  /**
   * Adds to a step; whoever still works for another one changes nothing. Parameters: things done,
   * rows done, rows expected, name, run, kind.
   */
  public static final String ADD =
      "UPDATE landfall.step SET done = done + ?, rows = rows + ?,"
          + " rows_expected = rows_expected + ? WHERE migration = ? AND run = ? AND kind = ?";

  /** Begins a step's work again: what is expected stays. Parameters: name, run, kind. */
  public static final String RESTART =
      "UPDATE landfall.step SET done = 0, rows = 0 WHERE migration = ? AND run = ? AND kind = ?";

  /** How many rows the plans of both sides are thought to have. Parameter: name. */
  public static final String PLANNED_ROWS =
      "SELECT coalesce(sum(estimated_rows), 0) FROM landfall.chunk"
          + " WHERE migration = ? AND plan IN ('SOURCE', 'TARGET')";

  /** How many chunks of both sides are to be read. Parameter: name. */
  public static final String CHUNKS_TO_READ =
      "SELECT count(*) FROM landfall.chunk"
          + " WHERE migration = ? AND plan IN ('SOURCE', 'TARGET') AND committed IS NULL";

  /** Ends a run's step. Parameters: name, run. */
  public static final String END = "DELETE FROM landfall.step WHERE migration = ? AND run = ?";

  /** The step of the run that is going on; no row where none is. Parameter: name. */
  public static final String READ =
      "SELECT s.kind, s.began, s.done, s.things, s.rows, s.rows_expected FROM landfall.step s"
          + " JOIN landfall.run r ON r.id = s.run AND r.ended IS NULL WHERE s.migration = ?";
}

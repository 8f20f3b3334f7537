package dev.landfall.transforms.ledger;

import java.util.List;

/** Statements on a verification under way: how tables are compared, pieces, rounds. */
public final class RoundStatements {
  private RoundStatements() {}

  /** What a verification that is begun again forgets of its run. */
  public static final List<String> FORGET =
      List.of(
          "DELETE FROM landfall.comparison WHERE run = :run",
          "DELETE FROM landfall.piece WHERE run = :run",
          "DELETE FROM landfall.finding WHERE run = :run",
          "DELETE FROM landfall.round WHERE run = :run",
          "DELETE FROM landfall.difference WHERE run = :run",
          "DELETE FROM landfall.verification WHERE run = :run");

  /** What nobody needs once the verdict is written. Rounds stay, to turn away what comes late. */
  public static final List<String> CLEAN_UP = FORGET.subList(0, 3);

  private static final String OF_ENDED_RUNS =
      " WHERE run IN (SELECT id FROM landfall.run WHERE migration = :name AND ended IS NOT NULL)";

  /** What runs left that ended within a verification. */
  public static final List<String> FORGET_ENDED =
      List.of(
          "DELETE FROM landfall.comparison" + OF_ENDED_RUNS,
          "DELETE FROM landfall.piece" + OF_ENDED_RUNS,
          "DELETE FROM landfall.finding" + OF_ENDED_RUNS);

  public static final String PLANNED =
      "SELECT DISTINCT table_position FROM landfall.comparison WHERE run = :run";

  private static final String PLANS =
      " FROM landfall.chunk WHERE migration = :name AND plan IN ('SOURCE', 'TARGET')";

  /** How many rows the plans of both sides are thought to have. */
  public static final String PLANNED_ROWS = "SELECT coalesce(sum(estimated_rows), 0)" + PLANS;

  /** How many chunks of both sides are pending. */
  public static final String UNREAD_CHUNKS = "SELECT count(*)" + PLANS + " AND committed IS NULL";

  public static final String ADD_COMPARISON =
      """
      INSERT INTO landfall.comparison (run, position, table_position, target_position, buckets,
        cells, cell_column, lowest, highest)
      VALUES (:run, :position, :table, :target, :buckets, :cells, :column, :lowest, :highest)
      """;

  /** How pieces of some targets fall into cells, for each where they do. */
  public static final String CELLS =
      """
      SELECT table_position, target_position, cells, cell_column, lowest::text, highest::text
      FROM landfall.comparison WHERE run = :run AND cells > 1
        AND (table_position, target_position) IN (SELECT * FROM unnest(:tables, :targets))
      """;

  /** Tables that are compared by buckets. */
  public static final String BUCKETS =
      """
      SELECT table_position, target_position, buckets FROM landfall.comparison
      WHERE run = :run AND buckets > 0
      """;

  /** Says how many rows chunks of the source have, and how many of those go to no target. */
  public static final String COUNT_READ =
      """
      UPDATE landfall.chunk c SET rows_read = done.rows, rows_loaded = done.rows - done.filtered,
        rows_filtered = done.filtered
      FROM unnest(:tables, :numbers, :rows, :filtered)
        AS done(table_position, number, rows, filtered)
      WHERE c.migration = :name AND c.plan = 'SOURCE' AND c.table_position = done.table_position
        AND c.number = done.number
      """;

  /** The same of whole tables. */
  public static final String ROWS_READ =
      """
      SELECT table_position, sum(rows_read) AS read, sum(rows_filtered) AS filtered
      FROM landfall.chunk WHERE migration = :name AND plan = 'SOURCE'
      GROUP BY table_position ORDER BY table_position
      """;

  /** Changes no row when the round is recorded already. */
  public static final String ADD_ROUND =
      "INSERT INTO landfall.round (run, number) VALUES (:run, :round) ON CONFLICT DO NOTHING";

  public static final String IS_RECORDED =
      "SELECT 1 FROM landfall.round WHERE run = :run AND number = :round";

  /** The number behind the last recorded round. */
  public static final String NEXT_ROUND =
      "SELECT coalesce(max(number) + 1, 0) FROM landfall.round WHERE run = :run";

  /** Cells have a bit each, the first the lowest of the first byte; NULL is all. */
  public static final String ADD_PIECE =
      """
      INSERT INTO landfall.piece (run, table_position, target_position, piece, source_rows,
        target_rows, cells)
      VALUES (:run, :table, :target, :piece, :source_rows, :target_rows, :cells)
      """;

  /** Pieces that no recorded round has counted, in order. */
  public static final String UNCOUNTED_PIECES =
      """
      SELECT table_position, target_position, piece, source_rows, target_rows
      FROM landfall.piece p WHERE run = :run AND NOT EXISTS (
        SELECT 1 FROM landfall.round r WHERE r.run = p.run AND r.number = p.round)
      ORDER BY table_position, target_position, piece
      """;

  public static final String CHOOSE_PIECES =
      """
      UPDATE landfall.piece p SET round = :round
      FROM unnest(:tables, :targets, :pieces) AS w(table_position, target_position, piece)
      WHERE p.run = :run AND p.table_position = w.table_position
        AND p.target_position = w.target_position AND p.piece = w.piece
      """;

  /** The round's pieces of some targets that rows of a chunk may be in. */
  public static final String WANTED =
      """
      SELECT p.table_position, p.target_position, p.piece, p.cells FROM landfall.piece p
      JOIN landfall.comparison m ON m.run = p.run AND m.table_position = p.table_position
        AND m.target_position = p.target_position
      WHERE p.run = :run AND p.round = :round
        AND (p.table_position, p.target_position) IN (SELECT * FROM unnest(:tables, :targets))
        AND (m.buckets > 0 OR p.piece = :chunk)
      """;

  private static final String REOPEN =
      """
      UPDATE landfall.chunk c SET committed = NULL
      WHERE c.migration = :name AND c.plan = '%s' AND EXISTS (
        SELECT 1 FROM landfall.piece p
        JOIN landfall.comparison m ON m.run = p.run AND m.table_position = p.table_position
          AND m.target_position = p.target_position
        WHERE p.run = :run AND p.round = :round AND (m.buckets > 0 OR p.piece = c.number)
          AND %s)
      """;

  /**
   * Makes the source's chunks of a round's pieces pending, of all tables that write their targets.
   */
  public static final String REOPEN_SOURCE =
      REOPEN.formatted(
          "SOURCE",
          """
          (c.table_position, m.table_position, m.target_position)
            IN (SELECT * FROM unnest(:writers, :tables, :targets))\
          """);

  /** The same of the target. */
  public static final String REOPEN_TARGET =
      REOPEN.formatted("TARGET", "m.position = c.table_position");
}

package dev.landfall.transforms.sql;

import java.util.List;

/** The ledger's tables of a verification's work, and every statement on them. */
public final class VerificationSql {
  private VerificationSql() {}

  /** What a verification that is begun again forgets of its run. Each has one parameter: run. */
  public static final List<String> FORGET =
      List.of(
          "DELETE FROM landfall.comparison WHERE run = ?",
          "DELETE FROM landfall.piece WHERE run = ?",
          "DELETE FROM landfall.finding WHERE run = ?",
          "DELETE FROM landfall.round WHERE run = ?",
          "DELETE FROM landfall.difference WHERE run = ?",
          "DELETE FROM landfall.verification WHERE run = ?");

  /** Parameter: run. */
  public static final String FORGET_DIFFERENCES = "DELETE FROM landfall.difference WHERE run = ?";

  private static final String OF_ENDED_RUNS =
      " WHERE run IN (SELECT id FROM landfall.run WHERE migration = ? AND ended IS NOT NULL)";

  /** What runs left that ended within a verification. Each has one parameter: name. */
  public static final List<String> FORGET_ENDED =
      List.of(
          "DELETE FROM landfall.comparison" + OF_ENDED_RUNS,
          "DELETE FROM landfall.piece" + OF_ENDED_RUNS,
          "DELETE FROM landfall.finding" + OF_ENDED_RUNS);

  /**
   * What nobody needs once the verdict is written. Rounds stay, to turn away what comes late. Each
   * has one parameter: run.
   */
  public static final List<String> CLEAN_UP =
      List.of(
          "DELETE FROM landfall.comparison WHERE run = ?",
          "DELETE FROM landfall.piece WHERE run = ?",
          "DELETE FROM landfall.finding WHERE run = ?");

  /**
   * For a run whose digests the databases were to compute: of one table that they did, or why not.
   * Parameters: run, table position, source table, obstacle.
   */
  public static final String ADD_PUSHDOWN =
      "INSERT INTO landfall.pushdown (run, table_position, source_table, obstacle)"
          + " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";

  /** Source table and obstacle, in the order of tables. Parameter: run. */
  public static final String PUSHDOWN =
      "SELECT source_table, obstacle FROM landfall.pushdown WHERE run = ? ORDER BY table_position";

  /** Tables that a run has planned. Parameter: run. */
  public static final String PLANNED =
      "SELECT DISTINCT table_position FROM landfall.comparison WHERE run = ?";

  /**
   * Parameters: run, position among all targets, table position, target position, buckets, cells,
   * position of the column of cells, its least and greatest value.
   */
  public static final String ADD_COMPARISON =
      "INSERT INTO landfall.comparison (run, position, table_position, target_position, buckets,"
          + " cells, cell_column, lowest, highest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

  /**
   * How pieces of a table fall into cells, for each target where they do: target, cells, position
   * of the column, its least and greatest value. Parameters: run, table position.
   */
  public static final String CELLS =
      "SELECT target_position, cells, cell_column, lowest::text, highest::text"
          + " FROM landfall.comparison WHERE run = ? AND table_position = ? AND cells > 1";

  /** Tables that are compared by buckets: table, target, buckets. Parameter: run. */
  public static final String BUCKETS =
      "SELECT table_position, target_position, buckets FROM landfall.comparison"
          + " WHERE run = ? AND buckets > 0";

  /** Takes chunks off the pending ones. Parameters: table positions, numbers, name, plan. */
  public static final String SETTLE_ALL =
      "UPDATE landfall.chunk c SET committed = clock_timestamp()"
          + " FROM unnest(?::int[], ?::bigint[]) AS done(table_position, number)"
          + " WHERE c.migration = ? AND c.plan = ? AND c.table_position = done.table_position"
          + " AND c.number = done.number AND c.committed IS NULL";

  /** How many chunks of both sides are pending. Parameter: name. */
  public static final String COUNT_UNREAD =
      "SELECT count(*) FROM landfall.chunk WHERE migration = ? AND plan IN ('SOURCE', 'TARGET')"
          + " AND committed IS NULL";

  /** Changes no row when the round is recorded already. Parameters: run, number. */
  public static final String ADD_ROUND =
      "INSERT INTO landfall.round (run, number) VALUES (?, ?) ON CONFLICT DO NOTHING";

  /** Whether a round is recorded: true or false in its one row. Parameters: run, number. */
  public static final String IS_RECORDED =
      "SELECT EXISTS (SELECT 1 FROM landfall.round WHERE run = ? AND number = ?)";

  /** The number behind the last recorded round. Parameter: run. */
  public static final String NEXT_ROUND =
      "SELECT coalesce(max(number) + 1, 0) FROM landfall.round WHERE run = ?";

  /**
   * Parameters: run, table position, target position, piece, source rows, target rows, cells (a bit
   * each, the first the lowest of the first byte; NULL for all).
   */
  public static final String ADD_PIECE =
      "INSERT INTO landfall.piece (run, table_position, target_position, piece, source_rows,"
          + " target_rows, cells) VALUES (?, ?, ?, ?, ?, ?, ?)";

  /**
   * Pieces that no recorded round has counted: table, target, piece, source rows, target rows, in
   * order. Parameter: run.
   */
  public static final String UNCOUNTED_PIECES =
      "SELECT table_position, target_position, piece, source_rows, target_rows"
          + " FROM landfall.piece p WHERE run = ? AND NOT EXISTS (SELECT 1 FROM landfall.round r"
          + " WHERE r.run = p.run AND r.number = p.round)"
          + " ORDER BY table_position, target_position, piece";

  /** Parameters: round, table positions, target positions, pieces, run. */
  public static final String CHOOSE_PIECES =
      "UPDATE landfall.piece p SET round = ?"
          + " FROM unnest(?::int[], ?::int[], ?::bigint[]) AS w(table_position, target_position,"
          + " piece)"
          + " WHERE p.run = ? AND p.table_position = w.table_position"
          + " AND p.target_position = w.target_position AND p.piece = w.piece";

  /**
   * Target, piece and cells of the round's pieces that rows of a chunk may be in. Parameters: run,
   * round, table position, number of the chunk.
   */
  public static final String WANTED =
      "SELECT p.target_position, p.piece, p.cells FROM landfall.piece p"
          + " JOIN landfall.comparison m ON m.run = p.run AND m.table_position = p.table_position"
          + " AND m.target_position = p.target_position"
          + " WHERE p.run = ? AND p.round = ? AND p.table_position = ?"
          + " AND (m.buckets > 0 OR p.piece = ?)";

  private static final String CHOSEN =
      " AND EXISTS (SELECT 1 FROM landfall.piece p JOIN landfall.comparison m"
          + " ON m.run = p.run AND m.table_position = p.table_position"
          + " AND m.target_position = p.target_position"
          + " WHERE p.run = ? AND p.round = ? AND (m.buckets > 0 OR p.piece = c.number)";

  /** Makes the source's chunks of a round's pieces pending. Parameters: name, run, round. */
  public static final String REOPEN_SOURCE =
      "UPDATE landfall.chunk c SET committed = NULL WHERE c.migration = ? AND c.plan = 'SOURCE'"
          + CHOSEN
          + " AND m.table_position = c.table_position)";

  /** Makes the target's chunks of a round's pieces pending. Parameters: name, run, round. */
  public static final String REOPEN_TARGET =
      "UPDATE landfall.chunk c SET committed = NULL WHERE c.migration = ? AND c.plan = 'TARGET'"
          + CHOSEN
          + " AND m.position = c.table_position)";

  /** Parameters: run, round, table, target, matched, changed, missing, extra. */
  public static final String ADD_FINDING =
      "INSERT INTO landfall.finding (run, round, table_position, target_position, matched,"
          + " changed, missing, extra) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

  /** Table, target, matched, changed, missing, extra, summed over rounds. Parameter: run. */
  public static final String FINDINGS =
      "SELECT table_position, target_position, sum(matched)::bigint, sum(changed)::bigint,"
          + " sum(missing)::bigint, sum(extra)::bigint FROM landfall.finding WHERE run = ?"
          + " GROUP BY table_position, target_position";

  /**
   * Parameters: run, name, round, table, target table, key (JSON), kind, columns, copies, values
   * (JSON: by column an array of the source's and the target's), reject.
   */
  public static final String ADD_DIFFERENCE =
      "INSERT INTO landfall.difference (run, migration, round, table_position, target_table, key,"
          + " kind, columns, copies, column_values, reject)"
          + " VALUES (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?::jsonb, ?)";

  /** How many differences a run has of each target table. Parameter: run. */
  public static final String DIFFERENCE_COUNTS =
      "SELECT table_position, target_table, count(*) FROM landfall.difference WHERE run = ?"
          + " GROUP BY table_position, target_table";

  /**
   * The differences of a run, one row for each column of each key: id, table position, target
   * table, kind, columns, copies, reject, key column, value. Parameters: run, limit per target
   * table.
   */
  public static final String DIFFERENCES =
      "SELECT d.id, d.table_position, d.target_table, d.kind, d.columns, d.copies,"
          + " d.reject, k.key, k.value"
          + " FROM (SELECT *, row_number() OVER (PARTITION BY table_position, target_table"
          + " ORDER BY id) AS place FROM landfall.difference WHERE run = ?) d,"
          + " jsonb_each_text(d.key) k WHERE d.place <= ?"
          + " ORDER BY d.table_position, d.target_table, d.id";

  /** What is known of differences' values: id, column, source's, target's. Parameter: run. */
  public static final String VALUES =
      "SELECT d.id, v.key, v.value ->> 0, v.value ->> 1 FROM landfall.difference d,"
          + " jsonb_each(d.column_values) v WHERE d.run = ?";
}

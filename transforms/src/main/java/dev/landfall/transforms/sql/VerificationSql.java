package dev.landfall.transforms.sql;

import java.util.List;

/** The ledger's tables of a verification's work, and every statement on them. */
public final class VerificationSql {
  private VerificationSql() {}

  /** Tables that a verification keeps between its steps; part of {@link LedgerSql#INSTALL}. */
  static final List<String> INSTALL =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS landfall.comparison (
            run bigint NOT NULL REFERENCES landfall.run ON DELETE CASCADE,
            position int NOT NULL,
            table_position int NOT NULL,
            target_position int NOT NULL,
            buckets int NOT NULL,
            PRIMARY KEY (run, position))
          """,
          """
          CREATE TABLE IF NOT EXISTS landfall.piece (
            run bigint NOT NULL REFERENCES landfall.run ON DELETE CASCADE,
            table_position int NOT NULL,
            target_position int NOT NULL,
            piece bigint NOT NULL,
            source_rows bigint NOT NULL,
            target_rows bigint NOT NULL,
            round int,
            PRIMARY KEY (run, table_position, target_position, piece))
          """,
          """
          CREATE TABLE IF NOT EXISTS landfall.finding (
            run bigint NOT NULL REFERENCES landfall.run ON DELETE CASCADE,
            round int NOT NULL,
            table_position int NOT NULL,
            target_position int NOT NULL,
            matched bigint NOT NULL,
            changed bigint NOT NULL,
            missing bigint NOT NULL,
            extra bigint NOT NULL,
            PRIMARY KEY (run, round, table_position, target_position))
          """);

  /** What a verification that is begun again forgets of its run. Each has one parameter: run. */
  public static final List<String> FORGET =
      List.of(
          "DELETE FROM landfall.comparison WHERE run = ?",
          "DELETE FROM landfall.piece WHERE run = ?",
          "DELETE FROM landfall.finding WHERE run = ?",
          "DELETE FROM landfall.difference WHERE run = ?",
          "DELETE FROM landfall.verification WHERE run = ?");

  /** What nobody needs once the verdict is written. Each has one parameter: run. */
  public static final List<String> CLEAN_UP =
      List.of(
          "DELETE FROM landfall.comparison WHERE run = ?",
          "DELETE FROM landfall.piece WHERE run = ?",
          "DELETE FROM landfall.finding WHERE run = ?");

  /** Parameters: name, plan, array of table positions. */
  public static final String DROP_PLANS_OF =
      "DELETE FROM landfall.chunk WHERE migration = ? AND plan = ? AND table_position = ANY (?)";

  /** Parameters: run, position among all targets, table position, target position, buckets. */
  public static final String SAVE_COMPARISON =
      "INSERT INTO landfall.comparison (run, position, table_position, target_position, buckets)"
          + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (run, position) DO UPDATE"
          + " SET buckets = excluded.buckets";

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

  /** Parameters: run. */
  public static final String DROP_PIECES = "DELETE FROM landfall.piece WHERE run = ?";

  /** Parameters: run, table position, target position, piece, source rows, target rows. */
  public static final String ADD_PIECE =
      "INSERT INTO landfall.piece (run, table_position, target_position, piece, source_rows,"
          + " target_rows) VALUES (?, ?, ?, ?, ?, ?)";

  /** Table, target, piece, source rows, target rows, in order. Parameter: run. */
  public static final String PIECES =
      "SELECT table_position, target_position, piece, source_rows, target_rows"
          + " FROM landfall.piece WHERE run = ?"
          + " ORDER BY table_position, target_position, piece";

  /** Parameters: round, table positions, target positions, pieces, run. */
  public static final String CHOOSE_PIECES =
      "UPDATE landfall.piece p SET round = ?"
          + " FROM unnest(?::int[], ?::int[], ?::bigint[]) AS w(table_position, target_position,"
          + " piece)"
          + " WHERE p.run = ? AND p.table_position = w.table_position"
          + " AND p.target_position = w.target_position AND p.piece = w.piece";

  /** Table, target, piece of a round. Parameters: run, round. */
  public static final String PIECES_OF_ROUND =
      "SELECT table_position, target_position, piece FROM landfall.piece"
          + " WHERE run = ? AND round = ?";

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

  /** Parameters: run, round. */
  public static final String DROP_FINDINGS =
      "DELETE FROM landfall.finding WHERE run = ? AND round = ?";

  /** Parameters: run, round, table, target, matched, changed, missing, extra. */
  public static final String ADD_FINDING =
      "INSERT INTO landfall.finding (run, round, table_position, target_position, matched,"
          + " changed, missing, extra) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

  /** Table, target, matched, changed, missing, extra, summed over rounds. Parameter: run. */
  public static final String FINDINGS =
      "SELECT table_position, target_position, sum(matched)::bigint, sum(changed)::bigint,"
          + " sum(missing)::bigint, sum(extra)::bigint FROM landfall.finding WHERE run = ?"
          + " GROUP BY table_position, target_position";

  /** Parameters: run, round. */
  public static final String DROP_DIFFERENCES =
      "DELETE FROM landfall.difference WHERE run = ? AND round = ?";

  /** Parameters: run, name, round, table, target table, key (JSON), kind, columns, copies. */
  public static final String ADD_DIFFERENCE =
      "INSERT INTO landfall.difference (run, migration, round, table_position, target_table, key,"
          + " kind, columns, copies) VALUES (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?)";

  /** How many differences a run has of each target table. Parameter: run. */
  public static final String DIFFERENCE_COUNTS =
      "SELECT table_position, target_table, count(*) FROM landfall.difference WHERE run = ?"
          + " GROUP BY table_position, target_table";

  /**
   * The differences of a run, one row for each column of each key: id, table position, target
   * table, kind, columns, copies, key column, value. Parameters: run, limit per target table.
   */
  public static final String DIFFERENCES =
      "SELECT d.id, d.table_position, d.target_table, d.kind, d.columns, d.copies, k.key, k.value"
          + " FROM (SELECT *, row_number() OVER (PARTITION BY table_position, target_table"
          + " ORDER BY id) AS place FROM landfall.difference WHERE run = ?) d,"
          + " jsonb_each_text(d.key) k WHERE d.place <= ?"
          + " ORDER BY d.table_position, d.target_table, d.id";
}

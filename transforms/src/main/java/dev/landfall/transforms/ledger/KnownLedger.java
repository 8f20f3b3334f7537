package dev.landfall.transforms.ledger;

import dev.landfall.transforms.jdbc.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which differences of a run were known before it, as part of the connection's transaction. */
public final class KnownLedger {
  private static final String FOUND =
      """
      FROM unnest(:ids, :hashes) AS found(id, key_hash)
      """;

  private static final String MARK_NEW =
      "UPDATE landfall.difference d SET is_new = true "
          + FOUND
          + """
      WHERE d.id = found.id AND d.run = :run AND NOT EXISTS (
        SELECT FROM landfall.known_difference k
        WHERE k.migration = :name AND k.target_table = d.target_table
          AND k.key_hash = found.key_hash AND k.first_run < :run)
      """;

  private static final String KEEP =
      """
      INSERT INTO landfall.known_difference (migration, target_table, key_hash, first_run, last_run)
      SELECT DISTINCT :name, d.target_table, found.key_hash, :run::bigint, :run::bigint
      """
          + FOUND
          + """
      JOIN landfall.difference d ON d.id = found.id
      ON CONFLICT (migration, target_table, key_hash) DO UPDATE SET last_run = excluded.last_run
      """;

  /**
   * Forgets known differences of tables that a run has looked at to their ends and that neither it
   * nor, within the same pass, an earlier one has found again.
   */
  private static final String FORGET_GONE =
      """
      DELETE FROM landfall.known_difference k USING landfall.verification v
      WHERE v.run = :run AND v.complete AND k.migration = v.migration
        AND k.target_table = v.target_table AND k.last_run < coalesce(
          (SELECT min(e.run) FROM landfall.verification e
           WHERE e.pass = v.pass AND e.migration = v.migration
             AND e.target_table = v.target_table), v.run)
      """;

  /**
   * How many new differences a run has: those that are named and new; of a count, and of a table
   * with more than are named, now or the time before, by how many they became more.
   */
  private static final String COUNT_NEW =
      """
      SELECT coalesce(sum(CASE
               WHEN before > before_named AND level <> 'SAMPLE'
                 THEN greatest(total - before, 0)
               WHEN total > named THEN greatest(named_new, total - coalesce(before, 0))
               ELSE named_new END), 0) AS differences
      FROM (SELECT v.level, v.changed + v.missing + v.extra AS total, n.named, n.named_new, b.before,
                   (SELECT coalesce(sum(copies), 0) FROM landfall.difference d
                     WHERE d.run = b.run AND d.target_table = v.target_table) AS before_named
            FROM landfall.verification v
            CROSS JOIN LATERAL (
              SELECT coalesce(sum(copies), 0) AS named,
                     coalesce(sum(copies) FILTER (WHERE is_new), 0) AS named_new
              FROM landfall.difference d
              WHERE d.run = v.run AND d.target_table = v.target_table) n
            LEFT JOIN LATERAL (
              SELECT e.run, CASE v.level WHEN 'COUNT' THEN abs(e.missing - e.extra)
                            ELSE e.changed + e.missing + e.extra END AS before
              FROM landfall.verification e
              WHERE v.complete AND v.pass IS NULL AND e.migration = v.migration AND e.complete
                AND e.target_table = v.target_table AND e.run < v.run AND e.pass IS NULL
                AND (e.level IN ('CHECKSUM', 'FULL') OR e.level = 'COUNT' AND v.level = 'COUNT')
              ORDER BY e.run DESC LIMIT 1) b ON true
            WHERE v.run = :run) t
      """;

  private final Connection connection;
  private final MigrationKey migration;

  /** Those of that migration's run. */
  public KnownLedger(Connection connection, MigrationKey migration) {
    this.connection = connection;
    this.migration = migration;
  }

  /** Takes a difference of the run. */
  @FunctionalInterface
  public interface Taker {
    void take(long id, String targetTable, Map<String, @Nullable String> key) throws SQLException;
  }

  /**
   * Gives the run's differences, in order.
   *
   * @param fetched how many are in memory at a time
   */
  public void each(int fetched, Taker taker) throws SQLException {
    ofRun(
            """
            SELECT id, target_table, ARRAY(SELECT key FROM jsonb_each_text(d.key)) AS key_columns,
              ARRAY(SELECT value FROM jsonb_each_text(d.key)) AS key_texts
            FROM landfall.difference d WHERE run = :run ORDER BY id
            """)
        .each(
            fetched,
            row ->
                taker.take(
                    row.number("id"),
                    row.text("target_table"),
                    row.pairs("key_columns", "key_texts")));
  }

  /** Marks those of the differences that are new, and keeps all as known. */
  public void keep(List<Long> ids, List<byte[]> hashes) throws SQLException {
    for (String sql : List.of(MARK_NEW, KEEP)) {
      ofRun(sql)
          .bind("name", migration.name())
          .bind("ids", "bigint", ids)
          .bind("hashes", "bytea", hashes)
          .update();
    }
  }

  /** Forgets what the run has not found again though it looked at it. */
  public void forgetGone() throws SQLException {
    ofRun(FORGET_GONE).update();
  }

  /** How many new differences the run has. */
  public long countNew() throws SQLException {
    return ofRun(COUNT_NEW).number();
  }

  private Query ofRun(String sql) {
    return Query.of(connection, sql).bind("run", migration.run());
  }
}

package dev.landfall.transforms.ledger;

import dev.landfall.transforms.jdbc.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the load of one chunk claims and writes, as part of the connection's transaction, and its
 * end.
 *
 * @param table position of the chunk's table
 * @param number the chunk's number in the plan of its table
 */
public record LoadLedger(Connection connection, MigrationKey migration, int table, long number) {
  /**
   * A run that the ledger does not know was forgotten, with its plan: the chunks that have its
   * numbers now may be other rows.
   */
  private static final String CLAIM =
      """
      SELECT 1 FROM landfall.chunk
      WHERE migration = :name AND plan = 'LOAD' AND table_position = :table AND number = :number
        AND committed IS NULL
        AND EXISTS (SELECT FROM landfall.run WHERE id = :run AND ended IS NULL)
      FOR UPDATE NOWAIT
      """;

  /**
   * Marks the chunk and commits, in one round trip: a chunk that is not there to be marked is an
   * error, behind which the server does not carry out the COMMIT.
   */
  private static final String COMMIT =
      """
      WITH marked AS (
        UPDATE landfall.chunk SET run = :run, started = clock_timestamp() - :took * interval '1 ms',
          committed = clock_timestamp(), rows_read = :read, rows_loaded = :loaded,
          rows_filtered = :filtered, rows_rejected = :rejected, bytes = :bytes
        WHERE migration = :name AND plan = 'LOAD' AND table_position = :table AND number = :number
          AND committed IS NULL
        RETURNING 1)
      SELECT 1 / count(*) FROM marked;
      COMMIT
      """;

  /** division_by_zero (PostgreSQL manual, appendix A). */
  private static final String NONE_MARKED = "22012";

  private static final String ADD_REJECT =
      """
      INSERT INTO landfall.reject (migration, table_name, table_position, chunk, key, column_name,
        reason, value, target_keys)
      VALUES (:name, :source, :table, :number, :key::jsonb, :column, :reason, :value, :target_keys)
      """;

  private static final String ADD_DISPOSITION =
      """
      INSERT INTO landfall.disposition (migration, table_position, chunk, target_table, column_name,
        rule, rows, sample_keys)
      VALUES (:name, :table, :number, :target, :column, :rule, :rows, :keys::jsonb)
      """;

  /**
   * Claims the chunk until the end of the transaction.
   *
   * @return false when it is committed already, or when the run has ended; then nothing is locked
   *     or waited for
   * @throws SQLException SQLState 55P03 when another session has it
   */
  public boolean claim() throws SQLException {
    return query(CLAIM).bind("run", migration.run()).exists();
  }

  /**
   * Marks the claimed chunk as committed by this transaction, also when the run has ended since:
   * who claimed it is the only one who can have loaded it. Commits.
   *
   * @param millis for how long it was worked at
   * @throws IllegalStateException when the chunk was committed by somebody else; nothing is
   *     committed then
   */
  public void commit(long millis, long read, long loaded, long filtered, long rejected, long bytes)
      throws SQLException {
    try {
      query(COMMIT)
          .bind("run", migration.run())
          .bind("took", millis)
          .bind("read", read)
          .bind("loaded", loaded)
          .bind("filtered", filtered)
          .bind("rejected", rejected)
          .bind("bytes", bytes)
          .execute();
    } catch (SQLException e) {
      if (NONE_MARKED.equals(e.getSQLState())) {
        throw new IllegalStateException("chunk " + number + " lost its claim", e);
      }
      throw e;
    }
  }

  /**
   * Adds a row that could not be loaded.
   *
   * @param source the table's name
   * @param key as JSON
   * @param targetKeys hashes of the keys that the row would have in its target tables, null in the
   *     place of one that does not take it; null where it could not be converted
   */
  public void reject(
      String source,
      String key,
      @Nullable String column,
      String reason,
      @Nullable String value,
      @Nullable List<@Nullable String> targetKeys)
      throws SQLException {
    query(ADD_REJECT)
        .bind("source", source)
        .bind("key", key)
        .bind("column", column)
        .bind("reason", reason)
        .bind("value", value)
        .bind("target_keys", "text", targetKeys)
        .update();
  }

  /**
   * Adds what a rule did.
   *
   * @param target the target table's name
   * @param column the source's column
   * @param keys of some of the rows, each as JSON
   */
  public void disposition(String target, String column, String rule, long rows, List<String> keys)
      throws SQLException {
    query(ADD_DISPOSITION)
        .bind("target", target)
        .bind("column", column)
        .bind("rule", rule)
        .bind("rows", rows)
        .bind("keys", "[" + String.join(",", keys) + "]")
        .update();
  }

  private Query query(String sql) {
    return Query.of(connection, sql)
        .bind("name", migration.name())
        .bind("table", table)
        .bind("number", number);
  }
}

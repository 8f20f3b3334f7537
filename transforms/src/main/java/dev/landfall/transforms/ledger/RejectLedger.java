package dev.landfall.transforms.ledger;

import dev.landfall.transforms.jdbc.Query;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a migration's ledger knows of rows that could not be loaded. */
public final class RejectLedger {
  /** Rejects with what their keys are, as two arrays. */
  private static final String SELECT =
      """
      SELECT r.*, ARRAY(SELECT k.key FROM jsonb_each_text(r.key) k) AS key_columns,
        ARRAY(SELECT k.value FROM jsonb_each_text(r.key) k) AS key_texts
      FROM\s""";

  private static final String LIST =
      SELECT
          + """
      (SELECT *, count(*) FILTER (WHERE mended IS NULL) OVER () AS standing,
              count(mended) OVER () AS gone
       FROM landfall.reject
       WHERE migration = :name AND (cardinality(:tables) = 0 OR table_name = ANY (:tables))) r
      WHERE :mended OR mended IS NULL
      ORDER BY table_position, chunk, id LIMIT :limit
      """;

  private static final String STANDING =
      SELECT
          + """
      landfall.reject r WHERE migration = :name AND mended IS NULL AND id > :behind
      ORDER BY id LIMIT :limit
      """;

  private static final String MENDED =
      """
      SELECT table_position, count(*) AS rows FROM landfall.reject
      WHERE migration = :name AND mended IS NOT NULL GROUP BY table_position
      """;

  /** All of the tables that a run compared row by row, to the end, and found equal. */
  private static final String MEND_OF_EQUAL =
      """
      UPDATE landfall.reject r SET mended = clock_timestamp(), mended_by = :run
      WHERE migration = :name AND mended IS NULL
        AND EXISTS (SELECT FROM landfall.verification v
                    WHERE v.run = :run AND (r.table_position, v.table_position)
                      IN (SELECT * FROM unnest(:tables, :firsts)))
        AND NOT EXISTS (SELECT FROM landfall.verification v
                        WHERE v.run = :run AND (r.table_position, v.table_position)
                            IN (SELECT * FROM unnest(:tables, :firsts))
                          AND (NOT v.complete OR v.pass IS NOT NULL
                               OR v.level NOT IN ('CHECKSUM', 'FULL')
                               OR v.changed + v.missing + v.extra > 0))
      """;

  private static final String BY_KEY =
      """
      SELECT r.table_position, k.place, k.hash, r.reason
      FROM landfall.reject r, unnest(r.target_keys) WITH ORDINALITY k (hash, place)
      WHERE r.migration = :name AND k.hash = ANY (:hashes) ORDER BY r.id
      """;

  private final Connection connection;
  private final String name;

  /** The rejects of that migration, over that connection to the target. */
  public RejectLedger(Connection connection, String name) {
    this.connection = connection;
    this.name = name;
  }

  /**
   * The first rejects.
   *
   * @param tables names of source tables, as the ledger has them; all when empty
   * @param mended whether those too that were mended
   */
  public RejectList list(Collection<String> tables, boolean mended, int limit) throws SQLException {
    if (!new MigrationLedger(connection, name).isInstalled()) {
      return RejectList.NONE;
    }
    long[] all = new long[2];
    List<RejectList.Row> rows =
        query(LIST)
            .bind("tables", "text", tables)
            .bind("mended", mended)
            .bind("limit", limit)
            .list(
                row -> {
                  all[0] = row.number("standing");
                  all[1] = row.number("gone");
                  return new RejectList.Row(
                      row.text("table_name"),
                      row.pairs("key_columns", "key_texts"),
                      row.textOrNull("column_name"),
                      row.text("reason"),
                      row.textOrNull("value"),
                      row.instant("at"),
                      row.instantOrNull("mended"),
                      row.numberOrNull("mended_by"));
                });
    return new RejectList(all[0], all[1], rows);
  }

  /** How many were mended, by the table's position. */
  public Map<Integer, Long> mended() throws SQLException {
    Map<Integer, Long> mended = new HashMap<>();
    query(MENDED).each(row -> mended.put(row.integer("table_position"), row.number("rows")));
    return mended;
  }

  /** How many rejects of a source table stand. */
  public long standing(TableName table) throws SQLException {
    return query(
            """
            SELECT count(*) FROM landfall.reject
            WHERE migration = :name AND table_name = :table AND mended IS NULL
            """)
        .bind("table", table.toString())
        .number();
  }

  /**
   * A reject of a row that could be converted, by the key that it would have in a target.
   *
   * @param target the table's position and that of the target among those of the table
   * @param hash of the key, as {@link JsonKeys#hash} gives it
   */
  public record Refused(Mapping.TargetPosition target, String hash, String reason) {}

  /** Those whose keys have one of the hashes, oldest first. */
  public List<Refused> refused(Collection<String> hashes) throws SQLException {
    return query(BY_KEY)
        .bind("hashes", "text", hashes)
        .list(
            row ->
                new Refused(
                    new Mapping.TargetPosition(
                        row.integer("table_position"), row.integer("place") - 1),
                    row.text("hash"),
                    row.text("reason")));
  }

  /**
   * A reject that stands.
   *
   * @param table the source table's position
   */
  public record Standing(long id, int table, Map<String, @Nullable String> key, String reason) {}

  /** The next of those that stand, by their ids, behind one. */
  public List<Standing> standing(long behind, int limit) throws SQLException {
    return query(STANDING)
        .bind("behind", behind)
        .bind("limit", limit)
        .list(
            row ->
                new Standing(
                    row.number("id"),
                    row.integer("table_position"),
                    row.pairs("key_columns", "key_texts"),
                    row.text("reason")));
  }

  /** Marks those of the tables that a run compared row by row to the end and found equal. */
  public void mendOfEqual(long run, Mapping mapping) throws SQLException {
    List<Integer> tables = new ArrayList<>();
    List<Integer> firsts = new ArrayList<>();
    for (int table = 0; table < mapping.tables().size(); table++) {
      for (Mapping.TargetPosition target : mapping.writtenBy(table)) {
        tables.add(table);
        firsts.add(target.table());
      }
    }
    query(MEND_OF_EQUAL)
        .bind("run", run)
        .bind("tables", "int", tables)
        .bind("firsts", "int", firsts)
        .update();
  }

  /** Marks some. */
  public void mend(long run, Collection<Long> ids) throws SQLException {
    Query.of(
            connection,
            """
            UPDATE landfall.reject SET mended = clock_timestamp(), mended_by = :run
            WHERE id = ANY (:ids) AND mended IS NULL
            """)
        .bind("run", run)
        .bind("ids", "bigint", ids)
        .update();
  }

  private Query query(String sql) {
    return Query.of(connection, sql).bind("name", name);
  }
}

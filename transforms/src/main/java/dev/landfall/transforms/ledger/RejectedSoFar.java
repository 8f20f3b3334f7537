package dev.landfall.transforms.ledger;

import dev.landfall.transforms.jdbc.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was rejected so far, by all runs of a migration.
 *
 * @param rows rejected rows
 * @param of rows of the whole migration, read or planned
 * @param columns columns with the most of them, those first
 * @param more how many columns with rejects are not among those
 */
public record RejectedSoFar(long rows, long of, List<Column> columns, long more) {
  private static final int MOST = 10;

  private static final String COLUMNS =
      """
      SELECT table_name, column_name, count(*) AS rows,
        mode() WITHIN GROUP (ORDER BY reason) AS reason, count(*) OVER () AS columns
      FROM landfall.reject WHERE migration = :name
      GROUP BY table_name, column_name ORDER BY count(*) DESC, min(id) LIMIT :most
      """;

  private static final String SUMS =
      """
      SELECT coalesce(sum(rows_rejected), 0) AS rejected,
        coalesce(sum(CASE WHEN committed IS NULL THEN estimated_rows ELSE rows_read END), 0) AS rows
      FROM landfall.chunk WHERE migration = :name AND plan = 'LOAD'
      """;

  public RejectedSoFar {
    columns = List.copyOf(columns);
  }

  /**
   * Rows that were rejected for a column.
   *
   * @param table {@code database.table} of the source
   * @param column null where PostgreSQL did not say
   * @param reason that of the most of them
   */
  public record Column(String table, @Nullable String column, long rows, String reason) {}

  /** Reads it. */
  public static RejectedSoFar read(Connection connection, String migration) throws SQLException {
    long[] all = new long[1];
    List<Column> columns =
        Query.of(connection, COLUMNS)
            .bind("name", migration)
            .bind("most", MOST)
            .list(
                row -> {
                  all[0] = row.number("columns");
                  return new Column(
                      row.text("table_name"),
                      row.textOrNull("column_name"),
                      row.number("rows"),
                      row.text("reason"));
                });
    long more = Math.max(0, all[0] - columns.size());
    Sums sums = sums(connection, migration);
    return new RejectedSoFar(sums.rejected(), sums.rows(), columns, more);
  }

  /** Rejected rows, and rows read or planned, of the whole migration. */
  public record Sums(long rejected, long rows) {}

  /** Reads only those. */
  public static Sums sums(Connection connection, String migration) throws SQLException {
    return Query.of(connection, SUMS)
        .bind("name", migration)
        .one(row -> new Sums(row.number("rejected"), row.number("rows")))
        .orElseThrow();
  }
}

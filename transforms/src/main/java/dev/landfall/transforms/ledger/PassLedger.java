package dev.landfall.transforms.ledger;

import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.jdbc.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Passes in the ledger: how far the slices of runs have come together. A pass goes on only with a
 * run's verdict, in one transaction, so what a run that failed looked at is due again.
 */
public final class PassLedger {
  private static final String OPEN =
      """
      INSERT INTO landfall.pass (migration) SELECT :name WHERE NOT EXISTS
        (SELECT FROM landfall.pass WHERE migration = :name AND finished IS NULL)
      """;

  /** How far a pass has come: what the last run that is done with it looked at. */
  private static final String TABLES =
      """
      SELECT DISTINCT ON (table_position) table_position, key, range_end AS upto,
        range_end IS NULL AS finished, sum(rows) OVER (PARTITION BY table_position) AS rows
      FROM landfall.slice WHERE pass = :pass AND done ORDER BY table_position, run DESC
      """;

  private static final String ADD =
      """
      INSERT INTO landfall.slice (run, table_position, pass, key, range_start, range_end, rows)
      VALUES (:run, :table, :pass, :key, :start, :end, :rows)
      """;

  private static final String CLOSE =
      """
      UPDATE landfall.pass p SET finished = clock_timestamp()
      WHERE p.id = (SELECT max(pass) FROM landfall.slice WHERE run = :run)
        AND (SELECT count(*) FROM landfall.slice s
             WHERE s.pass = p.id AND s.done AND s.range_end IS NULL) >= :tables
      """;

  private static final String REOPEN =
      """
      UPDATE landfall.pass SET finished = NULL
      WHERE id IN (SELECT pass FROM landfall.slice WHERE run = :run AND done)
      """;

  private static final String PASS_OF =
      """
      SELECT p.id, p.began, p.finished IS NOT NULL AS finished FROM landfall.pass p
      WHERE p.id = (SELECT max(pass) FROM landfall.slice WHERE run = :run)
      """;

  /** Says of a run's verdicts which are of parts. */
  private static final String MARK_PARTS =
      """
      UPDATE landfall.verification v SET pass = s.pass, complete = s.range_end IS NULL
      FROM landfall.slice s
      WHERE s.run = v.run AND s.table_position = v.table_position AND v.run = :run
      """;

  private final MigrationKey migration;

  /** The passes of that migration, for that run. */
  public PassLedger(MigrationKey migration) {
    this.migration = migration;
  }

  /**
   * A pass under way.
   *
   * @param tables how far it has come in the source tables that it has begun, by position
   */
  public record Pass(long id, Instant began, Map<Integer, Progress> tables) {
    /** Whether a table is done. */
    public boolean finished(int table) {
      Progress progress = tables.get(table);
      return progress != null && progress.finished();
    }
  }

  /**
   * How far a pass has come in a table.
   *
   * @param key the columns that it is cut by
   * @param upto the first key that is due; null when all or nothing is
   * @param rows about how many rows are behind it
   */
  public record Progress(
      List<String> key, @Nullable List<String> upto, boolean finished, long rows) {}

  /**
   * What a run looks at in one source table: keys from {@code start} and below {@code end}.
   *
   * @param rows about how many rows these are
   */
  public record Part(
      int table,
      List<String> key,
      @Nullable List<String> start,
      @Nullable List<String> end,
      long rows) {}

  /** The pass under way; begins one where there is none. */
  public Pass open() throws SQLException {
    RunTransaction.require(
        migration,
        connection -> {
          query(connection, OPEN).update();
        });
    try (Connection connection = connect()) {
      return query(
              connection,
              "SELECT id, began FROM landfall.pass WHERE migration = :name AND finished IS NULL")
          .one(
              row ->
                  new Pass(
                      row.number("id"), row.instant("began"), tables(connection, row.number("id"))))
          .orElseThrow();
    }
  }

  private static Map<Integer, Progress> tables(Connection connection, long pass)
      throws SQLException {
    Map<Integer, Progress> tables = new HashMap<>();
    Query.of(connection, TABLES)
        .bind("pass", pass)
        .each(
            row ->
                tables.put(
                    row.integer("table_position"),
                    new Progress(
                        row.texts("key"),
                        row.textsOrNull("upto"),
                        row.isTrue("finished"),
                        row.number("rows"))));
    return tables;
  }

  /** Keeps what the run looks at, as part of the connection's transaction. */
  public void save(Connection connection, Pass pass, List<Part> parts) throws SQLException {
    Query insert = ofRun(connection, ADD).bind("pass", pass.id());
    for (Part part : parts) {
      insert
          .bind("table", part.table())
          .bind("key", "text", part.key())
          .bind("start", "text", part.start())
          .bind("end", "text", part.end())
          .bind("rows", part.rows())
          .addBatch();
    }
    insert.executeBatch();
  }

  /** What the run looks at, in the order of tables. */
  public List<Part> parts() throws SQLException {
    try (Connection connection = connect()) {
      return ofRun(
              connection, "SELECT * FROM landfall.slice WHERE run = :run ORDER BY table_position")
          .list(
              row ->
                  new Part(
                      row.integer("table_position"),
                      row.texts("key"),
                      row.textsOrNull("range_start"),
                      row.textsOrNull("range_end"),
                      row.number("rows")));
    }
  }

  /**
   * Takes the pass as far as the run has looked and says of the run's verdicts which are of parts,
   * as part of the connection's transaction. Behind the verdicts.
   *
   * @param tables how many source tables there are
   */
  public void advance(Connection connection, int tables) throws SQLException {
    ofRun(connection, "UPDATE landfall.slice SET done = true WHERE run = :run").update();
    ofRun(connection, CLOSE).bind("tables", tables).update();
    ofRun(connection, MARK_PARTS).update();
  }

  /** Takes the pass back to where the run found it, as part of the connection's transaction. */
  public void takeBack(Connection connection) throws SQLException {
    ofRun(connection, REOPEN).update();
    ofRun(connection, "DELETE FROM landfall.slice WHERE run = :run").update();
  }

  /**
   * The pass that the run's slice is of.
   *
   * @param finished whether it has come through all tables
   */
  public record Standing(Instant began, boolean finished, Map<Integer, Progress> tables) {
    /** About how many rows the pass has come through. */
    public long rows() {
      return tables.values().stream().mapToLong(Progress::rows).sum();
    }
  }

  /** Where the pass stands that the run's slice is of; empty for a run without one. */
  public Optional<Standing> standing() throws SQLException {
    try (Connection connection = connect()) {
      return ofRun(connection, PASS_OF)
          .one(
              row ->
                  new Standing(
                      row.instant("began"),
                      row.isTrue("finished"),
                      tables(connection, row.number("id"))));
    }
  }

  private Query query(Connection connection, String sql) {
    return Query.of(connection, sql).bind("name", migration.name());
  }

  private Query ofRun(Connection connection, String sql) {
    return Query.of(connection, sql).bind("run", migration.run());
  }

  private Connection connect() throws SQLException {
    return Pools.of(migration.target(), Pools.Use.GENERAL).getConnection();
  }
}

package dev.landfall.transforms.ledger;

import dev.landfall.transforms.jdbc.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what became of a self-test's faults, as part of the connection's transaction. */
public final class SelfTestLedger {
  /** A sum of all tables' columns times ten; beyond it only what failed is kept. */
  private static final int MOST = 50_000;

  private static final String ADD =
      """
      INSERT INTO landfall.self_test (run, position, target_table, columns, type, fault, wanted,
        found, passed)
      VALUES (:run, :position, :table, :columns, :type, :fault, :wanted, :found, :passed)
      """;

  /** What earlier self-tests found of the tables that a run tested: of each the newest counts. */
  private static final String FORGET_OLDER =
      """
      DELETE FROM landfall.self_test s
      WHERE s.run IN (SELECT id FROM landfall.run WHERE migration = :name AND id < :run)
        AND EXISTS (SELECT FROM landfall.self_test n
                    WHERE n.run = :run AND n.target_table = s.target_table)
      """;

  private final Connection connection;
  private final MigrationKey migration;
  private int position;
  private @Nullable Query insert;

  /** The ledger of that migration's run. */
  public SelfTestLedger(Connection connection, MigrationKey migration) {
    this.connection = connection;
    this.migration = migration;
  }

  /** Forgets what this run wrote before. */
  public void begin() throws SQLException {
    query("DELETE FROM landfall.self_test WHERE run = :run").update();
    position = 0;
    insert = query(ADD);
  }

  /**
   * Adds one fault.
   *
   * @param type of the columns, null for a whole row
   */
  public void add(
      String table,
      List<String> columns,
      @Nullable String type,
      String fault,
      String wanted,
      String found,
      boolean passed)
      throws SQLException {
    Query statement = insert;
    if (statement == null) {
      throw new IllegalStateException("not begun");
    }
    if (passed && position >= MOST) {
      return;
    }
    statement
        .bind("position", position++)
        .bind("table", table)
        .bind("columns", "text", columns)
        .bind("type", type)
        .bind("fault", fault)
        .bind("wanted", wanted)
        .bind("found", found.replace('\0', '\ufffd'))
        .bind("passed", passed)
        .addBatch();
  }

  /** Writes what was added, in the place of what earlier self-tests found of these tables. */
  public void end() throws SQLException {
    Query statement = insert;
    if (statement != null) {
      statement.executeBatch();
      insert = null;
    }
    query(FORGET_OLDER).bind("name", migration.name()).update();
  }

  private Query query(String sql) {
    return Query.of(connection, sql).bind("run", migration.run());
  }
}

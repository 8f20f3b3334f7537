package dev.landfall.transforms.ledger;

import dev.landfall.transforms.sql.SelfTestSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what became of a self-test's faults, as part of the connection's transaction. */
public final class SelfTestLedger {
  /** A sum of all tables' columns times ten; beyond it only what failed is kept. */
  private static final int MOST = 50_000;

  private final Connection connection;
  private final MigrationKey migration;
  private int position;
  private @Nullable PreparedStatement insert;

  /** The ledger of that migration's run. */
  public SelfTestLedger(Connection connection, MigrationKey migration) {
    this.connection = connection;
    this.migration = migration;
  }

  /** Forgets what this run wrote before. */
  public void begin() throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(SelfTestSql.FORGET)) {
      delete.setLong(1, migration.run());
      delete.executeUpdate();
    }
    position = 0;
    insert = connection.prepareStatement(SelfTestSql.ADD);
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
    PreparedStatement statement = insert;
    if (statement == null) {
      throw new IllegalStateException("not begun");
    }
    if (passed && position >= MOST) {
      return;
    }
    statement.setLong(1, migration.run());
    statement.setInt(2, position++);
    statement.setString(3, table);
    statement.setArray(4, connection.createArrayOf("text", columns.toArray()));
    statement.setString(5, type);
    statement.setString(6, fault);
    statement.setString(7, wanted);
    statement.setString(8, found.replace('\0', '\ufffd'));
    statement.setBoolean(9, passed);
    statement.addBatch();
  }

  /** Writes what was added, in the place of what earlier self-tests found of these tables. */
  public void end() throws SQLException {
    PreparedStatement statement = insert;
    if (statement != null) {
      statement.executeBatch();
      statement.close();
      insert = null;
    }
    try (PreparedStatement delete = connection.prepareStatement(SelfTestSql.FORGET_OLDER)) {
      delete.setString(1, migration.name());
      delete.setLong(2, migration.run());
      delete.setLong(3, migration.run());
      delete.executeUpdate();
    }
  }
}

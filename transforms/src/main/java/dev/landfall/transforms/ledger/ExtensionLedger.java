package dev.landfall.transforms.ledger;

import dev.landfall.transforms.sql.ExtensionSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/** What a migration's ledger keeps and forgets when further tables and columns come to it. */
public final class ExtensionLedger {
  private final Connection connection;
  private final String name;

  /** The ledger of that migration, over that connection to the target. */
  public ExtensionLedger(Connection connection, String name) {
    this.connection = connection;
    this.name = name;
  }

  /** The source tables in the order of their positions, {@code database.table}; none before. */
  public List<String> tables() throws SQLException {
    if (!new MigrationLedger(connection, name).isInstalled()) {
      return List.of();
    }
    try (PreparedStatement select = connection.prepareStatement(ExtensionSql.TABLES)) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? List.of((String[]) row.getArray(1).getArray()) : List.of();
      }
    }
  }

  /** Forgets the load of tables, and what was said of the whole that is not so any more. */
  public void forget(Collection<Integer> positions) throws SQLException {
    for (String sql : ExtensionSql.FORGET_TABLES) {
      try (PreparedStatement delete = connection.prepareStatement(sql)) {
        delete.setString(1, name);
        delete.setArray(2, connection.createArrayOf("int", positions.toArray()));
        delete.executeUpdate();
      }
    }
    for (String sql : ExtensionSql.FORGET_WHOLE) {
      try (PreparedStatement delete = connection.prepareStatement(sql)) {
        delete.setString(1, name);
        delete.executeUpdate();
      }
    }
  }
}

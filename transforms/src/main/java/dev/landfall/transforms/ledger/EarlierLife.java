package dev.landfall.transforms.ledger;

import dev.landfall.transforms.sql.EarlierSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What a migration was before it was begun anew: its runs, events, verdicts and repairs go on as a
 * migration of another name, which the history shows with it. All else of it is forgotten.
 */
final class EarlierLife {
  private final Connection connection;
  private final String name;

  EarlierLife(Connection connection, String name) {
    this.connection = connection;
    this.name = name;
  }

  /** Makes the migration's life so far one; nothing where it has none. */
  void add() throws SQLException {
    new MigrationLedger(connection, name).endStale("ABANDONED");
    String other;
    try (PreparedStatement insert = connection.prepareStatement(EarlierSql.ADD)) {
      insert.setString(1, name);
      try (ResultSet row = insert.executeQuery()) {
        if (!row.next()) {
          return;
        }
        other = row.getString(1);
      }
    }
    for (String keep : EarlierSql.KEEP) {
      update(keep, other, name);
    }
    update(EarlierSql.SAY, other, "began anew: what was moved before was removed from the target");
    for (String forget : EarlierSql.FORGET) {
      update(forget, name);
    }
  }

  private void update(String sql, String... parameters) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        update.setString(i + 1, parameters[i]);
      }
      update.executeUpdate();
    }
  }
}

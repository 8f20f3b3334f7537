package dev.landfall.transforms.ledger;

import dev.landfall.transforms.jdbc.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/** What a migration's ledger keeps and forgets when further tables and columns come to it. */
public final class ExtensionLedger {
  /** What was planned, loaded and found of single tables. */
  private static final List<String> OF_TABLES =
      List.of(
          "chunk", "reject", "disposition", "difference", "verification", "duplicate", "settled");

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
    return query("SELECT tables FROM landfall.migration WHERE name = :name")
        .one(row -> row.texts("tables"))
        .orElse(List.of());
  }

  /** Forgets the load of tables, and what was said of the whole that is not so any more. */
  public void forget(Collection<Integer> positions) throws SQLException {
    for (String table : OF_TABLES) {
      query(
              "DELETE FROM landfall."
                  + table
                  + " WHERE migration = :name AND table_position = ANY (:positions)")
          .bind("positions", "int", positions)
          .update();
    }
    query("UPDATE landfall.migration SET phase = 'STOPPED', after_load = NULL WHERE name = :name")
        .update();
    query("DELETE FROM landfall.pass WHERE migration = :name AND finished IS NULL").update();
  }

  private Query query(String sql) {
    return Query.of(connection, sql).bind("name", name);
  }
}

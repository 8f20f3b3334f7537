package dev.landfall.pipelines.run;

import dev.landfall.pipelines.prepare.Prepared;
import dev.landfall.pipelines.prepare.Reset;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.catalog.TargetCatalog;
import dev.landfall.transforms.ledger.ExtensionLedger;
import dev.landfall.transforms.ledger.MigrationLedger;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.sql.DdlSql;
import dev.landfall.transforms.sql.ExtensionSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Gives a migration that was begun the tables and columns that came to its mapping: in one
 * transaction the ledger gets the new mapping, and tables of the migration's own that have a new
 * column are dropped, with what was planned and found of them, so that whatever comes then, this
 * run or another, makes and loads them like tables that were never loaded.
 */
final class Extension {
  /** dependent_objects_still_exist (PostgreSQL manual, appendix A). */
  private static final String DEPENDENTS = "2BP01";

  private final Connection connection;
  private final String name;
  private final Prepared prepared;

  Extension(Connection connection, String name, Prepared prepared) {
    this.connection = connection;
    this.name = name;
    this.prepared = prepared;
  }

  /** Does it, as part of a transaction; the connection has the migration's lock. */
  void apply(MigrationLedger ledger, String source) throws SQLException {
    Set<TableName> anew = prepared.changes().anew();
    try (Statement statement = connection.createStatement()) {
      new ExtensionLedger(connection, name).forget(positions());
      if (!anew.isEmpty()) {
        for (String drop : foreignKeys(anew)) {
          statement.execute(drop);
        }
        Set<TableName> views = Reset.viewsOn(connection, anew);
        if (!views.isEmpty()) {
          statement.execute(DdlSql.dropViews(views));
        }
        statement.execute(DdlSql.drop(anew));
      }
      ledger.add(source, prepared.fixed(), prepared.mapping());
    } catch (SQLException e) {
      if (DEPENDENTS.equals(e.getSQLState())) {
        throw new MigrationException(
            MigrationException.Kind.USAGE,
            "A table that has a new column can't be made anew, since something of your own depends"
                + " on it: "
                + String.valueOf(e.getMessage()).strip()
                + "\nNothing was touched. Drop that first, or leave the column out (omit).",
            e);
      }
      throw e;
    }
  }

  /** Of the source tables that become one of the tables that are made anew. */
  private List<Integer> positions() {
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < prepared.mapping().tables().size(); i++) {
      if (prepared.mapping().table(i).targets().stream()
          .anyMatch(target -> prepared.changes().anew().contains(target.name()))) {
        positions.add(i);
      }
    }
    return positions;
  }

  /** Foreign keys of the migration's other tables; they come back behind the load. */
  private List<String> foreignKeys(Set<TableName> anew) {
    List<String> drops = new ArrayList<>();
    prepared
        .target()
        .tables()
        .forEach(
            (table, found) -> {
              if (prepared.fixed().made().contains(table)) {
                for (TargetCatalog.ForeignKey key : found.foreignKeys()) {
                  if (anew.contains(key.referenced())) {
                    drops.add(ExtensionSql.dropForeignKey(table, key.name()));
                  }
                }
              }
            });
    return drops;
  }
}

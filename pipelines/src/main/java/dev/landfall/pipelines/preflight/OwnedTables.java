package dev.landfall.pipelines.preflight;

import dev.landfall.transforms.sql.PreflightSql;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Keys, indexes and the like of a table are made by its owner, when all rows are loaded. */
final class OwnedTables implements Precondition {
  @Override
  public List<String> look(Surroundings target) throws SQLException {
    if (!target.isOneOf(Scope.PREVIEW, Scope.SCHEMA, Scope.MIGRATE)) {
      return List.of();
    }
    Set<String> grants = new LinkedHashSet<>();
    target.ask(
        PreflightSql.foreignOwners(),
        target.present().stream().filter(target.made()::contains).toList(),
        row ->
            grants.add(
                "\n  " + PreflightSql.grantRole(row.getString("owner"), target.catalog().user())));
    return grants.isEmpty()
        ? List.of()
        : List.of(
            "The user "
                + target.catalog().user()
                + " does not own the tables that this migration made, and only an owner makes their"
                + " keys and indexes. Use the account that began the migration, or let an"
                + " administrator run:"
                + String.join("", grants));
  }
}

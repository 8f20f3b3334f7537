package dev.landfall.pipelines.check;

import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.check.Finding;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.sql.PreflightSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Keys, indexes and the like of a table are made by its owner, when all rows are loaded. */
final class OwnedTables implements Check<Surroundings> {
  @Override
  public List<CheckResult> look(Surroundings at) {
    if (!at.isOneOf(Purpose.PREVIEW, Purpose.SCHEMA, Purpose.MIGRATE)) {
      return List.of();
    }
    String user = at.catalog().user();
    Set<TableName> made = at.prepared().fixed().made();
    List<Finding> owners = new ArrayList<>();
    at.ask(
        PreflightSql.foreignOwners(),
        at.present().stream().filter(made::contains).toList(),
        row -> {
          String owner = row.text("owner");
          owners.add(
              Finding.of("OWNER", null, owner, null, owner)
                  .withRemedy(PreflightSql.grantRole(owner, user)));
        });
    return broken(
        owners,
        "The user "
            + user
            + " does not own the tables that this migration made, and only an owner makes"
            + " their keys and indexes. Use the account that began the migration, or let an"
            + " administrator run:");
  }
}

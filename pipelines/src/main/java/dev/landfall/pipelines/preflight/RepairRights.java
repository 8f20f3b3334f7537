package dev.landfall.pipelines.preflight;

import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.sql.PreflightSql;
import dev.landfall.transforms.sql.TargetCatalogSql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A repair changes and deletes rows too. */
final class RepairRights implements Precondition {
  @Override
  public List<String> look(Surroundings target) throws SQLException {
    if (!target.isOneOf(Scope.REPAIR)) {
      return List.of();
    }
    List<String> grants = new ArrayList<>();
    target.ask(
        PreflightSql.notWritable(),
        target.present(),
        row ->
            grants.add(
                "\n  "
                    + TargetCatalogSql.grantOnTable(
                        "SELECT, INSERT, UPDATE, DELETE",
                        new TableName(row.getString("schema"), row.getString("relation")),
                        target.catalog().user())));
    return grants.isEmpty()
        ? List.of()
        : List.of(
            "The user "
                + target.catalog().user()
                + " lacks rights to repair rows in the target database "
                + target.catalog().database()
                + ". Let an owner run:"
                + String.join("", grants));
  }
}

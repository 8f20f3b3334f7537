package dev.landfall.pipelines.check;

import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.check.Finding;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.sql.PreflightSql;
import dev.landfall.transforms.sql.TargetCatalogSql;
import java.util.ArrayList;
import java.util.List;

/** A repair changes and deletes rows too. */
final class RepairRights implements Check<Surroundings> {
  private static final String RIGHTS = "SELECT, INSERT, UPDATE, DELETE";

  @Override
  public List<CheckResult> look(Surroundings at) {
    if (!at.isOneOf(Purpose.REPAIR)) {
      return List.of();
    }
    String user = at.catalog().user();
    List<Finding> lacking = new ArrayList<>();
    at.ask(
        PreflightSql.notWritable(),
        at.present(),
        row -> {
          TableName table = new TableName(row.text("schema"), row.text("relation"));
          lacking.add(
              Finding.of("RIGHTS", table, RIGHTS, RIGHTS, null)
                  .withRemedy(TargetCatalogSql.grantOnTable(RIGHTS, table, user)));
        });
    return broken(
        lacking,
        "The user "
            + user
            + " lacks rights to repair rows in the target database "
            + at.catalog().database()
            + ". Let an owner run:");
  }
}

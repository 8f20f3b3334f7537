package dev.landfall.pipelines.check;

import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.check.Finding;
import dev.landfall.transforms.check.Finding.Severity;
import dev.landfall.transforms.jdbc.Query;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.sql.PreflightSql;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody turned off of tables of their own, as {@link LoadsUndisturbed} asks, is on again.
 */
final class TriggersOn implements Check<InRun> {
  private static final String REASON =
      "rows are loaded without it, and the application may rely on it";

  @Override
  public String subject() {
    return CheckResult.TARGET;
  }

  @Override
  public @Nullable List<CheckResult> look(InRun at) {
    if (!at.comparesSchema()) {
      return null;
    }
    Mapping mapping = at.prepared().mapping();
    List<TableName> own =
        mapping.targets().stream()
            .map(mapping::target)
            .filter(TargetTable::existing)
            .map(TargetTable::name)
            .toList();
    List<Finding> off =
        at.ask(
            Side.TARGET,
            "Looking for triggers that are off",
            connection ->
                Query.of(connection, PreflightSql.turnedOff())
                    .bindTables(own)
                    .list(
                        row -> {
                          TableName table = new TableName(row.text("schema"), row.text("relation"));
                          String kind = row.text("kind");
                          String name = row.text("name");
                          return Finding.of(kind, table, name, "enabled", "disabled")
                              .as(Severity.KNOWN, REASON)
                              .withRemedy(PreflightSql.enable(table, kind, name));
                        }));
    return List.of(CheckResult.of(subject(), name(), off, List.of()));
  }
}

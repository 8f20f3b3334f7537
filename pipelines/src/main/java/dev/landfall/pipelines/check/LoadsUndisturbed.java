package dev.landfall.pipelines.check;

import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.check.Finding;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.sql.PreflightSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A trigger may change rows that are loaded, keep them out, or write elsewhere for each; a rule is
 * passed over by COPY. Neither is noticed while rows are loaded, but for rows that are kept out.
 */
final class LoadsUndisturbed implements Check<Surroundings> {
  @Override
  public List<CheckResult> look(Surroundings at) {
    if (!at.isOneOf(Purpose.PREVIEW, Purpose.SCHEMA, Purpose.MIGRATE, Purpose.LOAD)) {
      return List.of();
    }
    Set<String> loaded = loaded(at);
    List<Finding> hooks = new ArrayList<>();
    at.ask(
        PreflightSql.insertHooks(),
        at.present().stream().filter(table -> !loaded.contains(table.toString())).toList(),
        row -> {
          TableName table = new TableName(row.text("schema"), row.text("relation"));
          String kind = row.text("kind");
          String name = row.text("name");
          hooks.add(
              Finding.of(kind, table, name, null, "enabled")
                  .withRemedy(PreflightSql.disable(table, kind, name)));
        });
    return broken(
        hooks,
        "Target tables have triggers or rules for rows that are inserted. They may change"
            + " rows that are loaded, keep them out or write elsewhere, and COPY passes"
            + " rules over. Let the tables' owner turn them off, and on again when all rows"
            + " are loaded:");
  }

  private static Set<String> loaded(Surroundings at) {
    Snapshot snapshot = at.snapshot();
    return snapshot == null
        ? Set.of()
        : snapshot.tables().stream()
            .filter(Snapshot.Table::done)
            .flatMap(table -> table.targets().stream())
            .collect(Collectors.toSet());
  }
}

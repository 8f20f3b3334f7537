package dev.landfall.pipelines.preflight;

import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.sql.PreflightSql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A trigger may change rows that are loaded, keep them out, or write elsewhere for each; a rule is
 * passed over by COPY. Neither is noticed while rows are loaded, but for rows that are kept out.
 */
final class LoadsUndisturbed implements Precondition {
  @Override
  public List<String> look(Surroundings target) throws SQLException {
    if (!target.isOneOf(Scope.PREVIEW, Scope.SCHEMA, Scope.MIGRATE, Scope.LOAD)) {
      return List.of();
    }
    List<TableName> loading =
        target.present().stream()
            .filter(table -> !target.loaded().contains(table.toString()))
            .toList();
    List<String> hooks = new ArrayList<>();
    target.ask(
        PreflightSql.insertHooks(),
        loading,
        row ->
            hooks.add(
                "\n  "
                    + PreflightSql.disable(
                        new TableName(row.getString("schema"), row.getString("relation")),
                        row.getString("kind"),
                        row.getString("name"))));
    return hooks.isEmpty()
        ? List.of()
        : List.of(
            "Target tables have triggers or rules for rows that are inserted. They may change rows"
                + " that are loaded, keep them out or write elsewhere, and COPY passes rules over."
                + " Let the tables' owner turn them off, and on again when all rows are loaded:"
                + String.join("", hooks));
  }
}

package dev.landfall.pipelines.check;

import dev.landfall.pipelines.prepare.Prepared;
import dev.landfall.pipelines.spec.SelectedTables;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.catalog.SourceIdentities;
import dev.landfall.transforms.catalog.SourceSchemaReader;
import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.check.Finding;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.ledger.Event;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.promise.SourceChanges;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The source is not altered while work goes on that relies on how it was. Else the target can't be
 * what it should be.
 */
public final class SourceWatch implements Check<InRun> {
  private static final String DOING = "Looking at the schema again";

  private Map<TableName, String> identities = Map.of();

  @Override
  public String subject() {
    return CheckResult.SOURCE;
  }

  /** Notes which tables there are when work begins that goes by them. */
  @Override
  public @Nullable List<CheckResult> look(InRun at) {
    identities = at.ask(Side.SOURCE, DOING, connection -> identities(connection, at.spec()));
    return null;
  }

  @Override
  public List<CheckResult> lookBehind(InRun at) {
    List<Finding> changes =
        at.ask(
            Side.SOURCE,
            DOING,
            connection -> changes(connection, at.spec(), at.prepared(), identities));
    return changes.isEmpty()
        ? List.of()
        : List.of(CheckResult.of(subject(), name(), changes, List.of()));
  }

  @Override
  public @Nullable Event event(List<CheckResult> results) {
    int places = results.stream().mapToInt(result -> result.findings().size()).sum();
    return places == 0 ? null : Event.sourceAltered(places);
  }

  private static Map<TableName, String> identities(Connection connection, Spec spec)
      throws SQLException {
    return SourceIdentities.read(connection, spec.databases().keySet());
  }

  /** What has become of the source's tables since a run was prepared. */
  public static List<Finding> changes(Connection connection, Spec spec, Prepared prepared)
      throws SQLException {
    return changes(connection, spec, prepared, Map.of());
  }

  private static List<Finding> changes(
      Connection connection, Spec spec, Prepared prepared, Map<TableName, String> identities)
      throws SQLException {
    List<SourceTable> before =
        prepared.mapping().tables().stream()
            .map(t -> prepared.catalog().table(t.source().name()).orElse(t.source()))
            .toList();
    List<SourceTable> tables = new ArrayList<>();
    for (String database : spec.databases().keySet()) {
      tables.addAll(
          SourceSchemaReader.read(
                  connection,
                  database,
                  table -> SelectedTables.matters(spec, new TableName(database, table)))
              .tables());
    }
    SelectedTables selected = new SelectedTables(spec, tables);
    return SourceChanges.between(
        new SourceChanges.Look(before, identities),
        new SourceChanges.Look(
            tables.stream().filter(t -> selected.moves(t.name())).toList(),
            identities(connection, spec)));
  }
}

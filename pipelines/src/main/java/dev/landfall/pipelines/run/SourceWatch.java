package dev.landfall.pipelines.run;

import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.prepare.Prepared;
import dev.landfall.pipelines.spec.SelectedTables;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.catalog.SourceIdentities;
import dev.landfall.transforms.catalog.SourceSchemaReader;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.ledger.ConditionLedger;
import dev.landfall.transforms.ledger.Event;
import dev.landfall.transforms.ledger.Events;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.RunTransaction;
import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.promise.SchemaFinding;
import dev.landfall.transforms.promise.SchemaReport;
import dev.landfall.transforms.promise.SourceChanges;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Sees whether the source is altered while work goes on that relies on how it was. What is found is
 * a broken promise of the run, in the ledger: the target can't be what it should be.
 */
public final class SourceWatch {
  private static final String NOT_COMPARED = "The target's schema was not compared.";

  private final Spec spec;
  private final List<SourceTable> prepared;
  private Map<TableName, String> identities = Map.of();
  private List<SchemaFinding> found = List.of();

  /** By the schema that a run was prepared for. */
  public SourceWatch(Spec spec, Prepared prepared) {
    this.spec = spec;
    this.prepared =
        prepared.mapping().tables().stream()
            .map(t -> prepared.catalog().table(t.source().name()).orElse(t.source()))
            .toList();
  }

  /** Notes which tables there are when work begins that goes by them. */
  public void begin() {
    try (Connection connection = Reachability.open(Side.SOURCE, spec.source().connection())) {
      identities = identities(connection);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private Map<TableName, String> identities(Connection connection) throws SQLException {
    return SourceIdentities.read(connection, spec.databases().keySet());
  }

  private MigrationException failed(SQLException e) {
    return Reachability.failed(
        Side.SOURCE, spec.source().connection(), "Looking at the schema again", e);
  }

  /**
   * What has become of the source's tables since.
   *
   * @throws dev.landfall.transforms.MigrationException when the source can't be asked
   */
  List<SchemaFinding> changes() {
    try (Connection connection = Reachability.open(Side.SOURCE, spec.source().connection())) {
      List<SourceTable> tables = new ArrayList<>();
      for (String database : spec.databases().keySet()) {
        SourceCatalog catalog =
            SourceSchemaReader.read(
                connection,
                database,
                table -> SelectedTables.matters(spec, new TableName(database, table)));
        tables.addAll(catalog.tables());
      }
      SelectedTables selected = new SelectedTables(spec, tables);
      return SourceChanges.between(
          new SourceChanges.Look(prepared, identities),
          new SourceChanges.Look(
              tables.stream().filter(t -> selected.moves(t.name())).toList(),
              identities(connection)));
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Looks, and notes in the ledger what it finds, beside what the run found of the target. */
  public void look(MigrationKey migration) {
    found = changes();
    try {
      RunTransaction.require(
          migration,
          connection -> {
            new ConditionLedger(connection).addOfSource(migration.run(), found, NOT_COMPARED);
            if (!found.isEmpty()) {
              Events.add(
                  connection, migration.name(), migration.run(), Event.sourceAltered(found.size()));
            }
          });
    } catch (SQLException e) {
      throw Reachability.failed(Side.TARGET, migration.target(), "Keeping the ledger", e);
    }
  }

  /** What a comparison found, with what {@link #look} found of the source. */
  public VerificationReport addTo(VerificationReport report) {
    if (found.isEmpty()) {
      return report;
    }
    SchemaReport schema = report.schema();
    return report.with(
        (schema == null ? new SchemaReport(List.of(), List.of(NOT_COMPARED)) : schema).and(found),
        report.checks());
  }
}

package dev.landfall.pipelines.mapping;

import dev.landfall.pipelines.prepare.Changes.Extent;
import dev.landfall.pipelines.prepare.Preparation;
import dev.landfall.pipelines.prepare.Prepared;
import dev.landfall.pipelines.run.Errand;
import dev.landfall.pipelines.run.TaskRunner;
import dev.landfall.pipelines.spec.MaskedUrl;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.catalog.SourceSchemaReader;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.model.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where each column of the target comes from. Changes nothing, and needs no tables in the target.
 *
 * @param tables names of tables of either side, with or without their schemas; all where there is
 *     none
 */
public record ExplainMapping(List<String> tables) implements Errand<Sheet> {
  public ExplainMapping {
    tables = List.copyOf(tables);
  }

  /** Of all tables. */
  public ExplainMapping() {
    this(List.of());
  }

  @Override
  public Sheet perform(TaskRunner runner) {
    Spec spec = runner.spec();
    Prepared prepared = Preparation.prepare(spec, Extent.LOOK, runner.source());
    return wanted(new SheetMaker(spec, prepared, tablesOfSource(spec)).sheet());
  }

  private Sheet wanted(Sheet all) {
    List<String> unknown =
        tables.stream().filter(n -> all.tables().stream().noneMatch(t -> t.isCalled(n))).toList();
    if (!unknown.isEmpty()) {
      throw new MigrationException(
          MigrationException.Kind.USAGE,
          "There is no table "
              + unknown.stream().map(MaskedUrl::value).collect(Collectors.joining(", "))
              + " in this mapping; there are "
              + all.tables().stream()
                  .map(t -> t.name().toString())
                  .collect(Collectors.joining(", "))
              + ", and the tables of the source that they are made of.");
    }
    return tables.isEmpty()
        ? all
        : all.of(all.tables().stream().filter(t -> tables.stream().anyMatch(t::isCalled)).toList());
  }

  /** All of them: those that nobody selected stay behind. */
  private static List<TableName> tablesOfSource(Spec spec) {
    ConnectionSettings source = spec.source().connection();
    try (Connection connection = Reachability.open(Side.SOURCE, source)) {
      List<TableName> names = new ArrayList<>();
      for (String database : spec.databases().keySet()) {
        names.addAll(SourceSchemaReader.tables(connection, database));
      }
      return names;
    } catch (SQLException e) {
      throw Reachability.failed(Side.SOURCE, source, "Reading the names of the tables", e);
    }
  }
}

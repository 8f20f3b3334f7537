package dev.landfall.pipelines.mapping;

import dev.landfall.pipelines.check.CheckScope;
import dev.landfall.pipelines.check.Checks;
import dev.landfall.pipelines.check.Mapped;
import dev.landfall.pipelines.mapping.MappingCheck.Item;
import dev.landfall.pipelines.mapping.MappingCheck.Severity;
import dev.landfall.pipelines.prepare.Changes.Extent;
import dev.landfall.pipelines.prepare.Preparation;
import dev.landfall.pipelines.prepare.Prepared;
import dev.landfall.pipelines.run.Errand;
import dev.landfall.pipelines.run.TaskRunner;
import dev.landfall.pipelines.spec.MappingPlaces;
import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.check.Finding;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Looks for what is doubtful about a mapping, without rows. Changes nothing. A spec that can't be
 * carried out is refused as by any command.
 */
public record CheckMapping() implements Errand<MappingCheck> {
  @Override
  public MappingCheck perform(TaskRunner runner) {
    Prepared prepared = Preparation.prepare(runner.spec(), Extent.LOOK, runner.source());
    MappingPlaces places = new MappingPlaces(runner.spec(), prepared.mapping());
    Mapped mapped = new Mapped(prepared);
    List<Item> findings =
        Checks.of(CheckScope.MAPPING).stream()
            .map(check -> check.look(mapped))
            .filter(Objects::nonNull)
            .flatMap(List::stream)
            .flatMap(result -> result.findings().stream().map(f -> item(result, f, places)))
            .sorted(Comparator.comparing(Item::severity))
            .toList();
    return new MappingCheck(runner.spec().name(), findings);
  }

  private static Item item(CheckResult result, Finding finding, MappingPlaces places) {
    String table = String.valueOf(finding.table());
    String object = String.valueOf(finding.object());
    return new Item(
        finding.severity() == Finding.Severity.DIFFERENT ? Severity.ERROR : Severity.WARNING,
        result.name(),
        table,
        object,
        places.of(table, object).orElse(null),
        String.valueOf(finding.reason()),
        String.valueOf(finding.remedy()));
  }
}

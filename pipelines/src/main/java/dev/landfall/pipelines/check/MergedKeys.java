package dev.landfall.pipelines.check;

import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.sql.ConstraintSql;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of the user's own that several source tables write has to have the key by which rows are
 * known: only it tells when two of them give the same. Both rows would be loaded and found on both
 * sides, and nobody would hear of it.
 */
final class MergedKeys implements Check<Surroundings> {
  @Override
  public List<CheckResult> look(Surroundings at) {
    Mapping mapping = at.prepared().mapping();
    return mapping.targets().stream()
        .filter(mapping::isMerged)
        .filter(position -> !ExistingKeys.isGuarded(mapping.target(position), at.catalog()))
        .flatMap(position -> broken(sentence(mapping, position)).stream())
        .toList();
  }

  private static String sentence(Mapping mapping, TargetPosition position) {
    TargetTable table = mapping.target(position);
    return mapping.sources(position).stream()
            .map(TableName::toString)
            .collect(Collectors.joining(" and "))
        + " become the table "
        + table.name()
        + ", which takes two rows of one key, so a row that two of them have would be there twice."
        + " Make the key unique there: "
        + ConstraintSql.addUnique(table.name(), table.name().table() + "_key", table.key())
        + ";";
  }
}

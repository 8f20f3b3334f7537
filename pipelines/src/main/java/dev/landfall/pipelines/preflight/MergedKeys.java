package dev.landfall.pipelines.preflight;

import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.promise.ExistingKeys;
import dev.landfall.transforms.sql.ConstraintSql;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of the user's own that several source tables write has to have the key by which rows are
 * known: only it tells when two of them give the same. Both rows would be loaded and found on both
 * sides, and nobody would hear of it.
 */
final class MergedKeys implements Precondition {
  @Override
  public List<String> look(Surroundings target) {
    Mapping mapping = target.mapping();
    return mapping.targets().stream()
        .filter(mapping::isMerged)
        .filter(position -> isUnguarded(target, mapping.target(position)))
        .map(position -> sentence(mapping, position))
        .toList();
  }

  private static boolean isUnguarded(Surroundings target, TargetTable table) {
    return table.existing()
        && !table.key().isEmpty()
        && !ExistingKeys.guards(target.catalog(), table);
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

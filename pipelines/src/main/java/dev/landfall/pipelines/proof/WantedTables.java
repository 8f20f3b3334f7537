package dev.landfall.pipelines.proof;

import dev.landfall.pipelines.spec.MaskedUrl;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Target tables that a command names. */
final class WantedTables {
  private WantedTables() {}

  /**
   * Whether a target table is one of those.
   *
   * @param names with or without a schema; all tables where there is none
   * @throws MigrationException of kind USAGE for a name that no table has
   */
  static Predicate<TableName> of(Mapping mapping, List<String> names) {
    List<TableName> all =
        mapping.tables().stream()
            .flatMap(t -> t.targets().stream())
            .map(TargetTable::name)
            .toList();
    List<String> unknown =
        names.stream().filter(n -> all.stream().noneMatch(t -> isCalled(t, n))).toList();
    if (!unknown.isEmpty()) {
      throw new MigrationException(
          MigrationException.Kind.USAGE,
          "There is no target table "
              + unknown.stream().map(MaskedUrl::value).collect(Collectors.joining(", "))
              + "; there are "
              + all.stream().map(TableName::toString).collect(Collectors.joining(", "))
              + ".");
    }
    return table -> names.isEmpty() || names.stream().anyMatch(n -> isCalled(table, n));
  }

  private static boolean isCalled(TableName table, String name) {
    return table.toString().equals(name) || table.table().equals(name);
  }
}

package dev.landfall.pipelines.repair;

import dev.landfall.transforms.catalog.TargetCatalog;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.model.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Target tables in an order in which each comes behind those that it refers to. */
final class RepairOrder {
  private RepairOrder() {}

  /**
   * The order; tables that refer to each other in a ring come as they are in the mapping.
   *
   * @param catalog the target as it is, with the foreign keys in force
   */
  static List<TargetPosition> of(Mapping mapping, TargetCatalog catalog) {
    List<TargetPosition> rest = new ArrayList<>(mapping.targets());
    List<TargetPosition> order = new ArrayList<>();
    while (!rest.isEmpty()) {
      Set<TableName> waiting = new HashSet<>();
      rest.forEach(p -> waiting.add(mapping.target(p).name()));
      List<TargetPosition> next =
          rest.stream().filter(p -> free(mapping.target(p).name(), waiting, catalog)).toList();
      if (next.isEmpty()) {
        next = List.copyOf(rest);
      }
      order.addAll(next);
      rest.removeAll(next);
    }
    return order;
  }

  private static boolean free(TableName table, Set<TableName> waiting, TargetCatalog catalog) {
    return catalog.table(table).stream()
        .flatMap(t -> t.foreignKeys().stream())
        .noneMatch(key -> !key.referenced().equals(table) && waiting.contains(key.referenced()));
  }
}

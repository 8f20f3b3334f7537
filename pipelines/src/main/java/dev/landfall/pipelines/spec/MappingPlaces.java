package dev.landfall.pipelines.spec;

import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TableMapping;
import java.util.Optional;

/** Where a spec says something of tables and columns, for what is found about its mapping. */
public final class MappingPlaces {
  private final Spec spec;
  private final Mapping mapping;

  public MappingPlaces(Spec spec, Mapping mapping) {
    this.spec = spec;
    this.mapping = mapping;
  }

  /**
   * The place, as a mistake there would have it: of the column, else of its table; empty where the
   * spec says nothing of the table.
   *
   * @param table of either side, with its schema
   * @param column of the target or of the source
   */
  public Optional<String> of(String table, String column) {
    return mapping.tables().stream()
        .filter(one -> isOf(one, table))
        .flatMap(one -> rule(one).stream())
        .findFirst()
        .map(rule -> place(rule, table, column).toString());
  }

  private static boolean isOf(TableMapping one, String table) {
    return one.source().name().toString().equals(table)
        || one.targets().stream().anyMatch(t -> t.name().toString().equals(table));
  }

  private Optional<TableRule> rule(TableMapping one) {
    return spec.mappings().stream()
        .filter(
            rule ->
                rule.table().value().equals(one.source().name().table())
                    || rule.table().value().equals(one.source().name().toString()))
        .findFirst();
  }

  private static Location place(TableRule rule, String table, String column) {
    for (TargetRule target : rule.targets()) {
      boolean meant = rule.targets().size() == 1 || table.endsWith("." + target.name().value());
      for (ColumnRule one : target.columns()) {
        if (meant && one.name().value().equals(column)) {
          return one.name().at();
        }
      }
    }
    return rule.table().at();
  }
}

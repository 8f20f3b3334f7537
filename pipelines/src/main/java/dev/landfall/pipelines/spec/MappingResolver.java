package dev.landfall.pipelines.spec;

import dev.landfall.transforms.ddl.EnumTypes;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TableName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Applies a spec to what the source has. Pure: the same spec and catalogue give the same mapping.
 */
public final class MappingResolver {
  private final Spec spec;
  private final List<SourceTable> catalog;
  private final TypeChooser types;
  private final SelectedTables names;
  private final Mistakes mistakes = new Mistakes();

  private MappingResolver(Spec spec, SourceCatalog catalog, TypeChooser types) {
    this.spec = spec;
    this.catalog =
        catalog.tables().stream().sorted(Comparator.comparing(SourceTable::name)).toList();
    this.types = types;
    this.names = new SelectedTables(spec, this.catalog);
  }

  /**
   * The mapping of all selected tables, ordered by source name. A table that the spec does not
   * mention keeps its name, its columns and their order, and reads exactly what it writes; its
   * generated columns are left out unless its key needs them. {@link
   * dev.landfall.transforms.model.TargetTable#existing()} is false everywhere: nothing here has
   * seen the target.
   *
   * @throws dev.landfall.transforms.MigrationException of kind USAGE with all mistakes, each with
   *     its place in the spec
   */
  public static Mapping resolve(Spec spec, SourceCatalog catalog, TypeChooser types) {
    return new MappingResolver(spec, catalog, types).resolve();
  }

  private Mapping resolve() {
    List<SourceTable> selected = selected();
    Map<TableName, TableRule> rules = rules(selected);
    Resolving resolving =
        new Resolving(
            spec,
            types,
            new HashSet<>(),
            new Surrogates(spec, selected, rules),
            this::table,
            mistakes);
    List<TableMapping> tables = new ArrayList<>();
    for (SourceTable table : selected) {
      Optional<TableRule> rule = Optional.ofNullable(rules.get(table.name()));
      new TableResolver(table, rule, resolving).resolve().ifPresent(tables::add);
    }
    List<TableMapping> agreed = new SharedTargets(tables, rules, mistakes).agreed();
    mistakes.throwIfAny();
    return EnumTypes.named(new Mapping(agreed));
  }

  private Optional<SourceTable> table(Located<String> name) {
    Optional<TableName> found = names.find(name.value());
    if (found.isEmpty()) {
      names.reportUnknown(name.value(), name.at(), mistakes);
    }
    return catalog.stream().filter(t -> found.filter(t.name()::equals).isPresent()).findFirst();
  }

  private List<SourceTable> selected() {
    names.reportUnknown(mistakes);
    List<SourceTable> selected = catalog.stream().filter(t -> names.moves(t.name())).toList();
    if (selected.isEmpty() && mistakes.count() == 0) {
      mistakes.add(
          spec.tables().include().stream()
              .findFirst()
              .map(NamePattern::at)
              .orElse(Location.of("source")),
          "nothing to move: "
              + (catalog.isEmpty()
                  ? "database "
                      + spec.source().connection().display()
                      + " has no tables that the"
                      + " user may see."
                  : "tables.include and tables.exclude leave none of the "
                      + catalog.size()
                      + " tables."));
    }
    return selected;
  }

  private Map<TableName, TableRule> rules(List<SourceTable> selected) {
    Map<TableName, TableRule> rules = new LinkedHashMap<>();
    for (TableRule rule : spec.mappings()) {
      String table = rule.table().value();
      Optional<TableName> name = names.find(table);
      if (name.isEmpty()) {
        names.reportUnknown(table, rule.table().at(), mistakes);
        continue;
      }
      if (selected.stream().noneMatch(t -> t.name().equals(name.get()))) {
        mistakes.add(
            rule.table().at(),
            "table "
                + table
                + " has a mapping, but tables.include and tables.exclude leave it out."
                + " Remove the mapping or select the table.");
      }
      TableRule first = rules.putIfAbsent(name.get(), rule);
      if (first != null) {
        mistakes.add(
            rule.table().at(),
            "the table is mapped twice; the first is in line " + first.table().at().line() + ".");
      }
    }
    return rules;
  }
}

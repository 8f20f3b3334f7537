package dev.landfall.pipelines.spec;

import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableName;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the source's tables by the names that a spec uses. A name without a database is that of a
 * table of the URL's database or, where that has none of that name, of the one database that has; a
 * glob without a database fits tables of all databases.
 */
public final class SelectedTables {
  private final Spec spec;
  private final Set<TableName> known = new LinkedHashSet<>();

  /** Tables by each way to write their names. */
  private final Map<String, Set<TableName>> written = new HashMap<>();

  private final Set<TableName> included = new HashSet<>();
  private final Set<TableName> excluded = new HashSet<>();

  /** The tables of a spec's databases, as far as they were read. */
  public SelectedTables(Spec spec, Collection<SourceTable> catalog) {
    this.spec = spec;
    for (SourceTable table : catalog) {
      TableName name = table.name();
      known.add(name);
      for (String way : List.of(name.table(), name.toString())) {
        written.computeIfAbsent(way, w -> new LinkedHashSet<>()).add(name);
      }
    }
    literals(spec.tables().include()).forEach(p -> find(p.text()).ifPresent(included::add));
    literals(spec.tables().exclude()).forEach(p -> find(p.text()).ifPresent(excluded::add));
  }

  private static Stream<NamePattern> literals(List<NamePattern> patterns) {
    return patterns.stream().filter(NamePattern::literal);
  }

  /**
   * Whether a table must be known to tell which tables move and what the spec's names mean: those
   * that may move, and those that a name may mean.
   */
  public static boolean matters(Spec spec, TableName table) {
    String full = table.toString();
    return spec.tables().include().isEmpty()
        || spec.tables().include().stream().anyMatch(pattern -> mayMean(pattern, table))
        || literals(spec.tables().exclude()).anyMatch(pattern -> mayMean(pattern, table))
        || spec.mappings().stream()
            .flatMap(
                rule ->
                    Stream.concat(
                        Stream.of(rule.table().value()),
                        NeededView.lookups(rule).map(lookup -> lookup.table().value())))
            .anyMatch(name -> name.equals(table.table()) || name.equals(full));
  }

  private static boolean mayMean(NamePattern pattern, TableName table) {
    return pattern.matches(table.table())
        || (pattern.text().contains(".") && pattern.matches(table.toString()));
  }

  /** Whether a table moves. */
  public boolean moves(TableName table) {
    return (spec.tables().include().isEmpty() || fits(spec.tables().include(), included, table))
        && !fits(spec.tables().exclude(), excluded, table);
  }

  private static boolean fits(List<NamePattern> patterns, Set<TableName> named, TableName table) {
    return named.contains(table)
        || patterns.stream().anyMatch(p -> !p.literal() && mayMean(p, table));
  }

  /** The table of that name; empty where there is none, or more than one. */
  Optional<TableName> find(String name) {
    Set<TableName> all = all(name);
    return all.size() == 1 ? Optional.of(all.iterator().next()) : Optional.empty();
  }

  /** All tables that a name may mean; more than one when the databases differ only. */
  private Set<TableName> all(String name) {
    TableName own = new TableName(spec.source().connection().database(), name);
    return known.contains(own) ? Set.of(own) : written.getOrDefault(name, Set.of());
  }

  /** Whether every table that an include pattern names was read. */
  public boolean namesAreKnown() {
    return literals(spec.tables().include()).allMatch(p -> find(p.text()).isPresent());
  }

  /** Notes patterns that name no table, or more than one; to exclude none is no mistake. */
  void reportUnknown(Mistakes mistakes) {
    literals(spec.tables().include())
        .filter(pattern -> find(pattern.text()).isEmpty())
        .forEach(pattern -> reportUnknown(pattern.text(), pattern.at(), mistakes));
    literals(spec.tables().exclude())
        .filter(pattern -> all(pattern.text()).size() > 1)
        .forEach(pattern -> reportUnknown(pattern.text(), pattern.at(), mistakes));
  }

  /** Notes why a name is that of no table, or of more than one. */
  void reportUnknown(String name, Location at, Mistakes mistakes) {
    Set<TableName> all = all(name);
    Collection<String> databases = spec.databases().keySet();
    if (all.size() > 1) {
      mistakes.add(
          at,
          "several databases have a table \""
              + name
              + "\": "
              + all.stream().map(TableName::toString).sorted().collect(Collectors.joining(", "))
              + ". Write which is meant.");
    } else if (databases.size() > 1) {
      mistakes.addUnknown(
          at,
          "none of the databases " + String.join(", ", databases) + " has a table \"" + name + "\"",
          name,
          known.stream()
              .map(t -> name.contains(".") ? t.toString() : t.table())
              .distinct()
              .toList());
    } else {
      mistakes.addUnknown(
          at,
          "database " + String.join(", ", databases) + " has no table \"" + name + "\"",
          name,
          known.stream().map(TableName::table).toList());
    }
  }
}

package dev.landfall.pipelines.spec;

import dev.landfall.transforms.schema.SourceTable;
import dev.landfall.transforms.schema.TableName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds the source's tables by the names that a spec uses. A name without a database is that of a
 * table of the URL's database or, where that has none of that name, of the one database that has; a
 * glob without a database fits tables of all databases.
 */
public final class SelectedTables {
  private final Spec spec;
  private final List<TableName> known;

  /** The tables of a spec's databases, as far as they were read. */
  public SelectedTables(Spec spec, Collection<SourceTable> catalog) {
    this.spec = spec;
    this.known = catalog.stream().map(SourceTable::name).toList();
  }

  /** Whether a table may be one of those that move, from what is known of it alone. */
  public static boolean mayMove(Spec spec, TableName table) {
    return spec.tables().include().isEmpty()
        || spec.tables().include().stream().anyMatch(pattern -> mayMean(pattern, table));
  }

  private static boolean mayMean(NamePattern pattern, TableName table) {
    return pattern.matches(table.table())
        || (pattern.text().contains(".") && pattern.matches(table.toString()));
  }

  /** Whether a table moves. */
  public boolean moves(TableName table) {
    return (spec.tables().include().isEmpty()
            || spec.tables().include().stream().anyMatch(pattern -> means(pattern, table)))
        && spec.tables().exclude().stream().noneMatch(pattern -> means(pattern, table));
  }

  private boolean means(NamePattern pattern, TableName table) {
    return pattern.literal()
        ? find(pattern.text()).filter(table::equals).isPresent()
        : mayMean(pattern, table);
  }

  /** The table of that name; empty where there is none, or more than one. */
  Optional<TableName> find(String name) {
    List<TableName> all = all(name);
    return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
  }

  /** All tables that a name may mean; more than one when the databases differ only. */
  private List<TableName> all(String name) {
    TableName own = new TableName(spec.source().connection().database(), name);
    if (known.contains(own)) {
      return List.of(own);
    }
    return known.stream()
        .filter(table -> table.table().equals(name) || table.toString().equals(name))
        .toList();
  }

  /** Whether every table that an include pattern names was read. */
  public boolean namesAreKnown() {
    return spec.tables().include().stream()
        .filter(NamePattern::literal)
        .allMatch(pattern -> find(pattern.text()).isPresent());
  }

  /** Notes why a name is that of no table, or of more than one. */
  void reportUnknown(String name, Location at, Mistakes mistakes) {
    List<TableName> all = all(name);
    Collection<String> databases = spec.databases().keySet();
    if (all.size() > 1) {
      mistakes.add(
          at,
          "several databases have a table \""
              + name
              + "\": "
              + all.stream().map(TableName::toString).collect(Collectors.joining(", "))
              + ". Write which is meant.");
    } else if (databases.size() > 1) {
      mistakes.addUnknown(
          at,
          "none of the databases " + String.join(", ", databases) + " has a table \"" + name + "\"",
          name,
          known.stream().map(t -> name.contains(".") ? t.toString() : t.table()).toList());
    } else {
      mistakes.addUnknown(
          at,
          "database " + String.join(", ", databases) + " has no table \"" + name + "\"",
          name,
          known.stream().map(TableName::table).toList());
    }
  }
}

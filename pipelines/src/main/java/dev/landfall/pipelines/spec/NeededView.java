package dev.landfall.pipelines.spec;

import dev.landfall.pipelines.spec.ColumnRule.Recipe;
import dev.landfall.transforms.catalog.SourceRights;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What of the source an account must see for a spec to mean the same to it as to everybody. */
public final class NeededView {
  private final Spec spec;
  private final SelectedTables selected;

  private NeededView(Spec spec, SelectedTables selected) {
    this.spec = spec;
    this.selected = selected;
  }

  /**
   * What must be seen and read to move the tables of a catalogue that a spec selects. Where the
   * spec names tables one by one no others need to be seen.
   *
   * @param tables the catalogue's
   */
  public static SourceRights.Wanted of(Spec spec, List<SourceTable> tables) {
    return new NeededView(spec, new SelectedTables(spec, tables)).wanted(tables);
  }

  private SourceRights.Wanted wanted(List<SourceTable> tables) {
    Map<TableName, TableRule> rules = new HashMap<>();
    spec.mappings()
        .forEach(rule -> selected.find(rule.table().value()).ifPresent(t -> rules.put(t, rule)));
    List<SourceTable> read = new ArrayList<>();
    for (SourceTable table : tables) {
      if (selected.moves(table.name())) {
        TableRule rule = rules.get(table.name());
        read.add(rule == null ? table : table.withColumns(read(table, rule)));
      }
    }
    rules.values().forEach(rule -> lookups(rule).forEach(l -> lookedUp(l, tables, read)));
    return new SourceRights.Wanted(
        spec.databases().keySet().stream().filter(this::mayHideOne).toList(), read);
  }

  /** The lookups of a rule. */
  static Stream<Recipe.Lookup> lookups(TableRule rule) {
    return rule.targets().stream()
        .flatMap(target -> target.columns().stream())
        .filter(ColumnRule.Made.class::isInstance)
        .map(column -> ((ColumnRule.Made) column).recipe())
        .filter(Recipe.Lookup.class::isInstance)
        .map(Recipe.Lookup.class::cast);
  }

  private void lookedUp(Recipe.Lookup lookup, List<SourceTable> tables, List<SourceTable> read) {
    Set<String> wanted = new HashSet<>(Set.of(lower(lookup.value().value())));
    lookup.by().values().forEach(column -> wanted.add(lower(column.value())));
    Optional<TableName> name = selected.find(lookup.table().value());
    tables.stream()
        .filter(table -> name.filter(table.name()::equals).isPresent())
        .map(
            table ->
                table.withColumns(
                    table.columns().stream()
                        .filter(c -> wanted.contains(lower(c.name())))
                        .toList()))
        .forEach(read::add);
  }

  /** Whether the spec may mean a table of the database that only others see. */
  private boolean mayHideOne(String database) {
    List<NamePattern> include = spec.tables().include();
    return include.isEmpty() || include.stream().anyMatch(pattern -> mayHideOne(pattern, database));
  }

  private boolean mayHideOne(NamePattern pattern, String database) {
    String text = pattern.text();
    if (!pattern.literal()) {
      int point = text.indexOf('.');
      return point < 0 || new NamePattern(text.substring(0, point), pattern.at()).matches(database);
    }
    // A name that is none's is a mistake. One alone is that of another database's table only where
    // the URL's database has none.
    return selected
        .find(text)
        .filter(table -> !table.schema().equals(spec.source().connection().database()))
        .filter(table -> !table.toString().equals(text))
        .isPresent();
  }

  /** The columns that are read: those of the key in any case. */
  private static List<SourceColumn> read(SourceTable table, TableRule rule) {
    Set<String> read = new HashSet<>();
    for (TargetRule target : rule.targets()) {
      if (target.others()) {
        Set<String> omitted =
            target.omit().keySet().stream().map(o -> lower(o.value())).collect(Collectors.toSet());
        table.columns().stream()
            .map(column -> lower(column.name()))
            .filter(name -> !omitted.contains(name))
            .forEach(read::add);
      }
      for (ColumnRule column : target.columns()) {
        column.sources().forEach(source -> read.add(lower(source.value())));
        if (column instanceof ColumnRule.Made made && made.recipe() instanceof Recipe.Expr expr) {
          named(table, expr.text()).forEach(read::add);
        }
      }
    }
    rule.targets().stream()
        .flatMap(target -> Stream.ofNullable(target.where()))
        .forEach(where -> named(table, where).forEach(read::add));
    table.key().forEach(name -> read.add(lower(name)));
    return table.columns().stream().filter(c -> read.contains(lower(c.name()))).toList();
  }

  private static List<String> named(SourceTable table, Located<String> text) {
    return ExpressionResolver.named(table, text.value()).stream()
        .map(column -> lower(column.name()))
        .toList();
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}

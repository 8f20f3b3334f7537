package dev.landfall.pipelines.spec;

import dev.landfall.transforms.ddl.NameStyle;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Resolves one source table: its targets, their keys, and what is read for them. */
final class TableResolver {
  private final SourceTable table;
  private final Resolving resolving;
  private final Optional<TableRule> rule;
  private final String schema;
  private final NameStyle names;
  private final ColumnResolver columns;
  private final Mistakes mistakes;
  private final List<SourceColumn> key;
  private final KeyResolver keys;

  TableResolver(SourceTable table, Optional<TableRule> rule, Resolving resolving) {
    Spec spec = resolving.spec();
    this.table = table;
    this.resolving = resolving;
    this.rule = rule;
    this.schema = spec.databases().getOrDefault(table.name().schema(), spec.target().schema());
    this.names = spec.target().names();
    this.columns = resolving.columns(table, rule);
    this.mistakes = resolving.mistakes();
    this.key = table.key().stream().map(name -> table.column(name).orElseThrow()).toList();
    this.keys = new KeyResolver(table, columns, resolving);
  }

  /** The mapping; empty, with the mistakes noted, when something is wrong. */
  Optional<TableMapping> resolve() {
    int before = mistakes.count();
    List<TargetDraft> drafts =
        rule.map(r -> r.targets().stream().map(t -> once(draft(r, t), t, before)).toList())
            .orElseGet(() -> List.of(once(whole(), null, before)));
    if (mistakes.count() > before) {
      return Optional.empty();
    }
    Set<SourceColumn> used = new LinkedHashSet<>(key);
    for (TargetDraft draft : drafts) {
      draft.sources().forEach(used::add);
    }
    List<SourceColumn> read =
        Stream.concat(
                table.columns().stream().filter(used::contains),
                used.stream().filter(column -> column.asked() != null))
            .toList();
    TableMapping mapping =
        new TableMapping(table, read, drafts.stream().map(d -> d.at(read)).toList(), reasons());
    reportReadTwoWays(mapping);
    return Optional.of(mapping);
  }

  /** A column is read once, as bytes or as a text. */
  private void reportReadTwoWays(TableMapping mapping) {
    for (int i = 0; i < mapping.read().size(); i++) {
      int position = i;
      boolean text =
          mapping.targets().stream()
              .flatMap(t -> t.columns().stream())
              .anyMatch(c -> c.reads(position) && !c.takesStoredBytes());
      if (text && mapping.readsStoredBytes(i)) {
        mistakes.add(
            rule.map(r -> r.table().at()).orElse(Location.of("source")),
            "column "
                + table.name()
                + "."
                + mapping.read().get(i).name()
                + " becomes bytea in one target by its rules and a text in another. Give it the"
                + " same rules in both.");
      }
    }
  }

  private TargetDraft whole() {
    TableName name = new TableName(schema, names.of(table.name().table()));
    List<TargetColumn> whole = new ArrayList<>();
    table.columns().forEach(c -> carry(c, whole));
    whole.addAll(keys.composite(whole, Location.of(table.name().toString())));
    return new TargetDraft(name, whole, keys.of(null, whole), null, null, null, null);
  }

  private TargetDraft draft(TableRule tableRule, TargetRule target) {
    EachRule each = target.each();
    if (each == null) {
      return target(tableRule, target);
    }
    Optional<SourceColumn> apart = columns.source(each.from());
    List<SourceColumn> all = new ArrayList<>(table.columns());
    all.add(each.partColumn());
    all.add(each.numberColumn());
    TargetDraft draft =
        new TableResolver(table.withColumns(all), rule, resolving).target(tableRule, target);
    if (target.key().isEmpty() && !key.isEmpty()) {
      mistakes.add(
          target.name().at(),
          "target table "
              + target.name().value()
              + " has several rows for one of "
              + table.name()
              + ": say with `key` what tells them apart, for example the source's key and "
              + each.number()
              + ".");
    }
    return apart.map(draft::takingApart).orElse(draft);
  }

  private TargetDraft target(TableRule tableRule, TargetRule target) {
    String name = tableRule.names(target) ? target.name().value() : names.of(table.name().table());
    TableName full = new TableName(schema, name);
    List<TargetColumn> listed = target.others() ? changed(target) : listed(target);
    if (target.others()) {
      listed.addAll(keys.composite(listed, target.name().at()));
    }
    List<TargetColumn> found = keys.followed(full, listed);
    List<String> targetKey = mentionedRight(target) ? keys.of(target, found) : List.of();
    if (found.isEmpty() && target.columns().isEmpty()) {
      mistakes.add(
          target.name().at(), "target table " + target.name().value() + " has no columns.");
    }
    Located<String> where = target.where();
    return new TargetDraft(
        full,
        found,
        targetKey,
        keys.duplicates(full, target, found, targetKey),
        where == null
            ? null
            : new ExpressionResolver(table, columns, mistakes)
                .resolve(where, /* condition= */ true, SpecRules.NONE)
                .orElse(null),
        target.each(),
        null);
  }

  /** Two columns of one name; the spec's own names are told apart where they are read. */
  private TargetDraft once(TargetDraft draft, @Nullable TargetRule target, int before) {
    Map<String, TargetColumn> seen = new HashMap<>();
    for (TargetColumn column : draft.columns()) {
      TargetColumn first = seen.putIfAbsent(column.name(), column);
      if (first != null && mistakes.count() == before) {
        mistakes.add(
            target == null ? Location.of(table.name().toString()) : target.name().at(),
            "columns "
                + origin(first)
                + " and "
                + origin(column)
                + " of "
                + table.name()
                + " both become \""
                + column.name()
                + "\". Rename one of them in `columns`.");
      }
    }
    return draft;
  }

  private static String origin(TargetColumn column) {
    return "\"" + column.place().map(SourceColumn::name).orElse(column.name()) + "\"";
  }

  /** Whether all columns that a rule reads exist: only then is it known what it leaves out. */
  private boolean mentionedRight(TargetRule target) {
    return target.columns().stream()
        .allMatch(
            c -> c.sources().stream().allMatch(from -> table.column(from.value()).isPresent()));
  }

  private List<TargetColumn> listed(TargetRule target) {
    List<TargetColumn> found = new ArrayList<>();
    target.columns().forEach(c -> resolve(c).ifPresent(found::add));
    return found;
  }

  /** All columns in the source's order, those that the rule mentions changed, constants last. */
  private List<TargetColumn> changed(TargetRule target) {
    Set<SourceColumn> omitted = omitted(target);
    Set<SourceColumn> mentioned = new LinkedHashSet<>();
    List<TargetColumn> rules = new ArrayList<>();
    for (ColumnRule column : target.columns()) {
      column.sources().forEach(from -> table.column(from.value()).ifPresent(mentioned::add));
      if (column instanceof ColumnRule.Read read
          && table.column(read.from().value()).filter(omitted::contains).isPresent()) {
        mistakes.add(read.from().at(), "the column is read here and omitted as well.");
      }
      resolve(column).ifPresent(rules::add);
    }
    List<TargetColumn> found = new ArrayList<>();
    for (SourceColumn column : table.columns()) {
      rules.stream().filter(r -> r.place().filter(column::equals).isPresent()).forEach(found::add);
      if (!mentioned.contains(column) && !omitted.contains(column)) {
        reportTaken(column, target);
        carry(column, found);
      }
    }
    rules.stream().filter(r -> r.place().isEmpty()).forEach(found::add);
    return found;
  }

  private Set<SourceColumn> omitted(TargetRule target) {
    Set<SourceColumn> omitted = new LinkedHashSet<>();
    for (Located<String> name : target.omit().keySet()) {
      columns.source(name).ifPresent(omitted::add);
    }
    return omitted;
  }

  /** Why columns are omitted, by their names. */
  private Map<String, String> reasons() {
    Map<String, String> reasons = new HashMap<>();
    for (TargetRule target : rule.map(TableRule::targets).orElse(List.of())) {
      target
          .omit()
          .forEach(
              (name, reason) ->
                  table.column(name.value()).ifPresent(c -> reasons.put(c.name(), reason)));
    }
    return reasons;
  }

  private void reportTaken(SourceColumn column, TargetRule target) {
    target.columns().stream()
        .filter(c -> columns.name(c).equals(names.ofColumn(column.name())))
        .findFirst()
        .ifPresent(
            c ->
                mistakes.add(
                    c.name().at(),
                    "the source has a column \""
                        + column.name()
                        + "\" of its own, which is carried over under that name. Omit it, or rename"
                        + " one of the two."));
  }

  private void carry(SourceColumn column, List<TargetColumn> found) {
    keys.referring(column, names.ofColumn(column.name()), Location.of(table.name().toString()))
        .or(() -> columns.whole(column))
        .ifPresent(found::add);
  }

  private Optional<TargetColumn> resolve(ColumnRule rule) {
    return keys.referring(rule, columns.name(rule)).or(() -> columns.resolve(rule));
  }
}

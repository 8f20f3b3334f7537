package dev.landfall.pipelines.spec;

import dev.landfall.transforms.model.TextEquality;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the spec's {@code mappings}. */
final class TableRuleReader {
  private final Mistakes mistakes;
  private final Map<String, Location> sources = new HashMap<>();
  private final Map<String, Location> targets = new HashMap<>();

  TableRuleReader(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  List<TableRule> read(YamlValue mappings) {
    List<TableRule> rules = new ArrayList<>();
    mappings.items().forEach(item -> rule(item).ifPresent(rules::add));
    return rules;
  }

  private Optional<TableRule> rule(YamlValue item) {
    Map<String, YamlValue> fields =
        item.fields(
            "table",
            "to",
            "columns",
            "omit",
            "split",
            "rules",
            "collation",
            "key",
            "where",
            "merge");
    YamlValue named = fields.get("table");
    if (named == null && item.isMap()) {
      item.mistake("table is missing: the source table that this mapping is for.");
    }
    Optional<Located<String>> table =
        Optional.ofNullable(named).flatMap(v -> v.name().map(n -> new Located<>(n, v.at())));
    table.ifPresent(t -> once(t, sources, "the table is mapped twice"));
    boolean split = fields.containsKey("split");
    boolean merged =
        Optional.ofNullable(fields.get("merge")).flatMap(YamlValue::flag).orElse(false);
    List<TargetRule> rules = new ArrayList<>();
    if (split) {
      for (String key : List.of("to", "columns", "omit", "key", "where")) {
        YamlValue other = fields.get(key);
        if (other != null) {
          other.mistake(
              "a mapping with split can't have "
                  + key
                  + ": each target of the split names itself"
                  + " and its columns. Remove one of the two.");
        }
      }
      split(fields.get("split"), table, merged, rules);
    } else {
      YamlValue to = fields.get("to");
      Optional<Located<String>> name = to == null ? table : target(to);
      name.filter(t -> !merged).ifPresent(t -> onceInDatabase(t, table));
      List<Located<String>> omit = omit(fields.get("omit"), fields.get("columns"));
      ColumnRules columns = ColumnRules.read(fields.get("columns"), mistakes);
      name.ifPresent(n -> rules.add(target(n, columns.others(), columns, omit, fields)));
    }
    SpecRules odd = RulesReader.read(fields.get("rules"));
    Optional<TextEquality> collation =
        Optional.ofNullable(fields.get("collation")).flatMap(Words::equality);
    return table.map(t -> new TableRule(t, split, odd, rules, merged, collation.orElse(null)));
  }

  private static TargetRule target(
      Located<String> name,
      boolean others,
      ColumnRules columns,
      List<Located<String>> omit,
      Map<String, YamlValue> fields) {
    YamlValue key = fields.get("key");
    YamlValue where = fields.get("where");
    return new TargetRule(
        name,
        others,
        columns.rules(),
        omit,
        key == null ? List.of() : MadeReader.names(key),
        Optional.ofNullable(where)
            .flatMap(w -> w.name().map(text -> new Located<>(text, w.at())))
            .orElse(null));
  }

  private void split(
      @Nullable YamlValue split,
      Optional<Located<String>> table,
      boolean merged,
      List<TargetRule> rules) {
    if (split == null) {
      return;
    }
    List<YamlValue> items = split.items();
    if (split.isList() && items.isEmpty()) {
      split.mistake("the split has no targets.");
    }
    for (YamlValue item : items) {
      Map<String, YamlValue> fields = item.fields("to", "columns", "key", "where");
      for (String key : List.of("to", "columns")) {
        if (item.isMap() && !fields.containsKey(key)) {
          item.mistake(key + " is missing: a target of a split names itself and its columns.");
        }
      }
      Optional<Located<String>> name =
          Optional.ofNullable(fields.get("to")).flatMap(TableRuleReader::target);
      name.filter(t -> !merged).ifPresent(t -> onceInDatabase(t, table));
      ColumnRules columns = ColumnRules.read(fields.get("columns"), mistakes);
      name.ifPresent(n -> rules.add(target(n, false, columns, List.of(), fields)));
    }
  }

  private List<Located<String>> omit(@Nullable YamlValue omit, @Nullable YamlValue columns) {
    if (omit == null) {
      return List.of();
    }
    if (columns != null && columns.isList()) {
      omit.mistake(
          "a list of columns is complete, so nothing is left to omit. Remove one of them.");
    }
    Map<String, Location> seen = new HashMap<>();
    List<Located<String>> names = new ArrayList<>();
    for (YamlValue item : omit.items()) {
      item.name().map(n -> new Located<>(n, item.at())).ifPresent(names::add);
    }
    names.forEach(n -> once(n, seen, "the column is omitted twice"));
    return names;
  }

  /** Tables of several databases may have the same name in several schemas. */
  private void onceInDatabase(Located<String> target, Optional<Located<String>> table) {
    String source = table.map(Located::value).orElse("");
    String database = source.substring(0, Math.max(0, source.indexOf('.')));
    once(
        new Located<>(database + "." + target.value(), target.at()),
        targets,
        "the target table is written by two mappings");
  }

  private void once(Located<String> name, Map<String, Location> seen, String what) {
    Location first = seen.putIfAbsent(name.value(), name.at());
    if (first != null) {
      mistakes.add(name.at(), what + "; the first is in line " + first.line() + ".");
    }
  }

  private static Optional<Located<String>> target(YamlValue value) {
    Optional<Located<String>> name = targetName(value);
    if (name.isPresent() && name.get().value().contains(".")) {
      value.mistake(
          "expected a table's name alone: the schema of all target tables is target.schema.");
      return Optional.empty();
    }
    return name;
  }

  /** A name that PostgreSQL takes as it is. */
  static Optional<Located<String>> targetName(YamlValue value) {
    Optional<String> name = value.name();
    name.flatMap(GivenNames::tooLong).ifPresent(value::mistake);
    return name.map(n -> new Located<>(n, value.at()));
  }
}

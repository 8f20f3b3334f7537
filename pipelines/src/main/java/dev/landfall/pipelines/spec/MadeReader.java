package dev.landfall.pipelines.spec;

import dev.landfall.pipelines.spec.ColumnRule.Recipe;
import dev.landfall.transforms.compute.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads a column that is made of others: what makes its value, and what is done to that. */
final class MadeReader {
  private final Located<String> name;
  private final YamlValue column;
  private final Map<String, YamlValue> fields;

  MadeReader(Located<String> name, YamlValue column, Map<String, YamlValue> fields) {
    this.name = name;
    this.column = column;
    this.fields = fields;
  }

  /** Whether the column is one that is made. */
  static boolean isMade(Map<String, YamlValue> fields) {
    YamlValue from = fields.get("from");
    return fields.containsKey("apply")
        || fields.containsKey("join")
        || fields.containsKey("uuid")
        || (from != null && from.isList());
  }

  Optional<ColumnRule> read(
      @Nullable Located<String> type,
      @Nullable Located<String> ifNull,
      @Nullable Boolean nullable) {
    if (fields.containsKey("collation")) {
      column.mistake("a column that is made of others can't have collation beside it.");
    }
    List<Located<Operator>> operators = OperatorReader.read(fields.get("apply"));
    SpecRules rules = RulesReader.read(fields.get("rules"));
    return recipe()
        .map(recipe -> new ColumnRule.Made(name, recipe, operators, type, ifNull, nullable, rules));
  }

  private Optional<Recipe> recipe() {
    YamlValue uuid = fields.get("uuid");
    YamlValue from = fields.get("from");
    if (uuid != null) {
      if (from != null) {
        column.mistake("uuid names its columns, so `from` can't stand beside it.");
      }
      return uuid(uuid);
    }
    for (String key : List.of("of", "namespace")) {
      if (fields.containsKey(key)) {
        column.mistake(key + " belongs to uuid, and there is none.");
      }
    }
    YamlValue join = fields.get("join");
    if (from != null && from.isList()) {
      if (join == null) {
        from.mistake("several columns make one by `join`: the text that stands between them.");
        return Optional.empty();
      }
      List<Located<String>> names = names(from);
      return names.isEmpty()
          ? Optional.empty()
          : join.text().map(between -> new Recipe.Join(names, between));
    }
    if (join != null) {
      join.mistake("join needs a list of columns: `from: [first, second]`.");
      return Optional.empty();
    }
    return from == null
        ? Optional.of(new Recipe.Copy(name))
        : from.name().map(f -> new Recipe.Copy(new Located<>(f, from.at())));
  }

  private Optional<Recipe> uuid(YamlValue columns) {
    List<Located<String>> names = names(columns);
    Optional<String> of = Optional.ofNullable(fields.get("of")).flatMap(YamlValue::name);
    Optional<UUID> namespace =
        Optional.ofNullable(fields.get("namespace")).flatMap(MadeReader::namespace);
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(new Recipe.Uuid(names, of.orElse(null), namespace.orElse(null)));
  }

  private static Optional<UUID> namespace(YamlValue value) {
    try {
      return value.name().map(UUID::fromString);
    } catch (IllegalArgumentException e) {
      value.mistake("expected a UUID: 6ba7b810-9dad-11d1-80b4-00c04fd430c8.");
      return Optional.empty();
    }
  }

  /** One name, or a list of them. */
  static List<Located<String>> names(YamlValue value) {
    List<Located<String>> names = new ArrayList<>();
    for (YamlValue item : value.isList() ? value.items() : List.of(value)) {
      item.name().ifPresent(n -> names.add(new Located<>(n, item.at())));
    }
    if (value.isList() && value.items().isEmpty()) {
      value.mistake("no columns are listed.");
    }
    return names;
  }
}

package dev.landfall.pipelines.spec;

import dev.landfall.pipelines.spec.ColumnRule.Recipe;
import dev.landfall.pipelines.spec.shape.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a column that is made of others: what makes its value, and what is done to that. */
final class MadeReader {
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /** What a namespace is. */
  static final Shape.Scalar NAMESPACE =
      Shape.Scalar.of("string").with("pattern", "^" + UUID_TEXT.pattern() + "$");

  private final Located<String> name;
  private final Map<String, YamlValue> fields;
  private final SecretReader secrets;

  MadeReader(Located<String> name, Map<String, YamlValue> fields, SecretReader secrets) {
    this.name = name;
    this.fields = fields;
    this.secrets = secrets;
  }

  /** Whether the column is one that is made. */
  static boolean isMade(Map<String, YamlValue> fields) {
    YamlValue from = fields.get("from");
    return fields.containsKey("apply")
        || fields.containsKey("join")
        || fields.containsKey("uuid")
        || fields.containsKey("number")
        || fields.containsKey("expr")
        || fields.containsKey("sql")
        || fields.containsKey("lookup")
        || fields.containsKey("plugin")
        || (from != null && from.isList());
  }

  Optional<ColumnRule> read(
      @Nullable Located<String> type,
      @Nullable Located<String> ifNull,
      @Nullable Boolean nullable) {
    List<OperatorRule> operators = OperatorReader.read(fields.get("apply"), secrets);
    SpecRules rules = RulesReader.read(fields.get("rules"));
    return recipe()
        .map(recipe -> new ColumnRule.Made(name, recipe, operators, type, ifNull, nullable, rules));
  }

  private Optional<Recipe> recipe() {
    YamlValue uuid = fields.get("uuid");
    YamlValue from = fields.get("from");
    YamlValue number = fields.get("number");
    if (uuid != null || number != null) {
      return newKey(uuid == null ? Objects.requireNonNull(number) : uuid, uuid == null);
    }
    YamlValue expression = fields.get("expr");
    if (expression != null) {
      return expression.content().map(Recipe.Expr::new);
    }
    YamlValue sql = fields.get("sql");
    if (sql != null) {
      return sql.located().map(Recipe.Sql::new);
    }
    YamlValue lookup = fields.get("lookup");
    if (lookup != null) {
      return LookupReader.read(lookup);
    }
    YamlValue plugin = fields.get("plugin");
    if (plugin != null) {
      return plugin(plugin, from == null ? List.of(name) : names(from));
    }
    YamlValue join = fields.get("join");
    if (from != null && from.isList()) {
      List<Located<String>> names = names(from);
      return names.isEmpty() || join == null
          ? Optional.empty()
          : join.text().map(between -> new Recipe.Join(names, between));
    }
    if (join != null) {
      return Optional.empty();
    }
    return from == null ? Optional.of(new Recipe.Copy(name)) : from.located().map(Recipe.Copy::new);
  }

  private Optional<Recipe> plugin(YamlValue plugin, List<Located<String>> from) {
    Map<String, String> texts = new LinkedHashMap<>();
    YamlValue with = fields.get("with");
    if (with != null) {
      with.entries().forEach(e -> e.value().text().ifPresent(text -> texts.put(e.key(), text)));
    }
    Located<Map<String, String>> said =
        new Located<>(texts, with == null ? plugin.at() : with.at());
    Optional<String> called = plugin.name();
    return from.isEmpty()
        ? Optional.empty()
        : called.map(n -> new Recipe.Plugin(from, new Located<>(n, plugin.at()), said));
  }

  private Optional<Recipe> newKey(YamlValue columns, boolean numbered) {
    List<Located<String>> names = names(columns);
    Optional<String> of = Optional.ofNullable(fields.get("of")).flatMap(YamlValue::name);
    Optional<UUID> namespace =
        Optional.ofNullable(fields.get("namespace")).flatMap(MadeReader::namespace);
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(new Recipe.NewKey(names, numbered, of.orElse(null), namespace.orElse(null)));
  }

  private static Optional<UUID> namespace(YamlValue value) {
    Optional<String> text = value.name();
    Optional<UUID> uuid = text.filter(t -> UUID_TEXT.matcher(t).matches()).map(UUID::fromString);
    if (text.isPresent() && uuid.isEmpty()) {
      value.mistake("expected a UUID: 6ba7b810-9dad-11d1-80b4-00c04fd430c8.");
    }
    return uuid;
  }

  /** One name, or a list of them. */
  static List<Located<String>> names(YamlValue value) {
    List<Located<String>> names = new ArrayList<>();
    for (YamlValue item : value.isList() ? value.items() : List.of(value)) {
      item.located().ifPresent(names::add);
    }
    if (value.isList() && value.items().isEmpty()) {
      value.mistake("no columns are listed.");
    }
    return names;
  }
}

package dev.landfall.pipelines.spec;

import dev.landfall.pipelines.spec.YamlValue.Entry;
import dev.landfall.pipelines.spec.shape.Shape;
import dev.landfall.transforms.model.TextEquality;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The {@code columns} of one target. A list is all of its columns; a map says only what differs.
 *
 * @param others whether columns that are not mentioned are carried over
 * @param rules in the order of the spec
 */
record ColumnRules(boolean others, List<ColumnRule> rules) {
  private static final Shape.Entries MAP = Shape.mapOf(GivenNames.COLUMN, ColumnShape.COLUMN);

  /** What they may say. */
  static final Shape SHAPE =
      new Shape.Named(
          "columns",
          Shape.anyOf(MAP, Shape.listOf(Shape.anyOf(GivenNames.NAME, MAP.size(1, 1))).some()));

  static ColumnRules read(@Nullable YamlValue columns, Mistakes mistakes, SecretReader secrets) {
    if (columns == null) {
      return new ColumnRules(true, List.of());
    }
    List<ColumnRule> rules = new ArrayList<>();
    if (columns.isList()) {
      for (YamlValue item : columns.items()) {
        item(item, secrets).ifPresent(rules::add);
      }
      reportTwice(rules, mistakes);
      if (columns.items().isEmpty()) {
        columns.mistake("no columns are listed.");
      }
      return new ColumnRules(false, rules);
    }
    if (!columns.isMap()) {
      columns.mistake("expected a list or a map of columns, found " + columns.found() + ".");
      return new ColumnRules(true, List.of());
    }
    columns.entries().forEach(entry -> rule(entry, secrets).ifPresent(rules::add));
    return new ColumnRules(true, rules);
  }

  private static Optional<ColumnRule> item(YamlValue item, SecretReader secrets) {
    if (!item.isMap()) {
      return TableRuleReader.targetName(item)
          .map(name -> new ColumnRule.Read(name, name, null, null, null));
    }
    List<Entry> entries = item.entries();
    if (entries.size() == 1) {
      return rule(entries.get(0), secrets);
    }
    item.mistake(
        "expected a column, or one `target: source` or `target: {from: …, type: …}`; found "
            + entries.size()
            + " keys.");
    return Optional.empty();
  }

  private static Optional<ColumnRule> rule(Entry entry, SecretReader secrets) {
    YamlValue value = entry.value();
    Located<String> name = new Located<>(entry.key(), entry.keyAt());
    GivenNames.ofColumn(entry.key()).ifPresent(value::mistake);
    if (!value.isMap()) {
      if (value.isNull()) {
        value.mistake(
            "the source column is missing; for NULL in every row write {constant: null}.");
        return Optional.empty();
      }
      return value
          .name()
          .map(
              from -> new ColumnRule.Read(name, new Located<>(from, value.at()), null, null, null));
    }
    Map<String, YamlValue> fields = value.fields();
    @Nullable Located<String> type = text(fields.get("type")).orElse(null);
    @Nullable Boolean nullable =
        Optional.ofNullable(fields.get("nullable")).flatMap(YamlValue::flag).orElse(null);
    YamlValue constant = fields.get("constant");
    YamlValue ifNull = fields.get("ifNull");
    YamlValue from = fields.get("from");
    if (constant != null) {
      return constant(name, constant, type, nullable);
    }
    if (ifNull != null && ifNull.isNull()) {
      ifNull.mistake("NULL in place of NULL changes nothing. Remove ifNull or give a value.");
      ifNull = null;
    }
    if (MadeReader.isMade(fields)) {
      @Nullable Located<String> instead = text(ifNull).orElse(null);
      return new MadeReader(name, fields, secrets).read(type, instead, nullable);
    }
    Optional<Located<String>> source = from == null ? Optional.of(name) : from.located();
    @Nullable Located<String> replacement = text(ifNull).orElse(null);
    SpecRules rules = RulesReader.read(fields.get("rules"));
    @Nullable Located<TextEquality> collation =
        Optional.ofNullable(fields.get("collation"))
            .flatMap(v -> Words.equality(v).map(e -> new Located<>(e, v.at())))
            .orElse(null);
    return source.map(
        s -> new ColumnRule.Read(name, s, type, replacement, nullable, rules, collation));
  }

  // What a place goes with may be null; which of them it is, its type does not say.
  @SuppressWarnings("NullAway")
  private static Optional<ColumnRule> constant(
      Located<String> name,
      YamlValue constant,
      @Nullable Located<String> type,
      @Nullable Boolean nullable) {
    Located<String> chosen =
        type == null ? new Located<>(constant.impliedType(), constant.at()) : type;
    if (constant.isNull()) {
      return Optional.of(
          new ColumnRule.Constant(name, new Located<>(null, constant.at()), chosen, nullable));
    }
    return constant
        .text()
        .map(t -> new ColumnRule.Constant(name, new Located<>(t, constant.at()), chosen, nullable));
  }

  private static Optional<Located<String>> text(@Nullable YamlValue value) {
    return Optional.ofNullable(value).flatMap(v -> v.text().map(t -> new Located<>(t, v.at())));
  }

  private static void reportTwice(List<ColumnRule> rules, Mistakes mistakes) {
    Map<String, Location> seen = new HashMap<>();
    for (ColumnRule rule : rules) {
      Location first = seen.putIfAbsent(rule.name().value(), rule.name().at());
      if (first != null) {
        mistakes.add(
            rule.name().at(),
            "the target column is given twice; the first is in line " + first.line() + ".");
      }
    }
  }
}

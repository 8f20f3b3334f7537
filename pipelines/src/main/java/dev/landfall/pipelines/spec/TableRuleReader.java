package dev.landfall.pipelines.spec;

import static dev.landfall.pipelines.spec.shape.Key.key;

import dev.landfall.pipelines.spec.shape.Clause.Place;
import dev.landfall.pipelines.spec.shape.Key;
import dev.landfall.pipelines.spec.shape.Shape;
import dev.landfall.pipelines.spec.shape.When;
import dev.landfall.transforms.model.TextEquality;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the spec's {@code mappings}. */
final class TableRuleReader {
  private static final String OF_TARGET = "a target of a split names itself and its columns.";

  private static final Key KEY =
      key(
          "key",
          Shape.anyOf(Shape.Scalar.NAME, Shape.listOf(Shape.Scalar.NAME).some()),
          "The target's columns that tell its rows apart. Without it: what the source's key"
              + " becomes.");

  private static final Key WHERE =
      key("where", Shape.Scalar.NAME, "Which rows go there: an expression. Without it: all.");

  private static final Key DUPLICATES =
      key(
          "duplicates",
          DuplicatesRule.SHAPE,
          "What becomes of rows that are one to the target. Without it: no two are.");

  private static final Key EACH =
      key(
          "each",
          EachRule.SHAPE,
          "The column whose parts become rows of the target. Without it: a row becomes one.");

  /** What they may say. */
  static final Shape.Items SHAPE =
      Shape.listOf(
          Shape.fields(
                  key("table", Shape.Scalar.NAME, "The source table.")
                      .required("the source table that this mapping is for."),
                  key(
                      "to",
                      GivenNames.TABLE,
                      "The target table's name, without a schema. Without it: the source's."),
                  key(
                      "columns",
                      ColumnRules.SHAPE,
                      "A map says what differs, a list all there is."),
                  key(
                      "omit",
                      Shape.anyOf(
                          Shape.listOf(Shape.Scalar.NAME).distinct(),
                          Shape.mapOf(Shape.Scalar.NAME, Shape.Scalar.TEXT)),
                      "Source columns that stay behind: a list, or a map that says why."),
                  key(
                      "split",
                      Shape.listOf(
                              Shape.fields(
                                  key("to", GivenNames.TABLE, "The target table's name.")
                                      .required(OF_TARGET),
                                  key("columns", ColumnRules.SHAPE, "All columns that it has.")
                                      .required(OF_TARGET),
                                  KEY,
                                  WHERE,
                                  DUPLICATES,
                                  EACH))
                          .some(),
                      "Several target tables in place of one."),
                  key("rules", RulesReader.SHAPE, "What becomes of this table's odd values."),
                  key("collation", Words.EQUALITY, "What becomes of the collations of its texts."),
                  KEY,
                  WHERE,
                  key(
                          "merge",
                          Shape.Scalar.FLAG,
                          "Whether its rows go to a target that other tables write too.")
                      .otherwise(false),
                  DUPLICATES,
                  EACH)
              .with(
                  When.there("split")
                      .forbids(
                          Place.OTHER,
                          "a mapping with split can't have %s: each target of the split names"
                              + " itself and its columns. Remove one of the two.",
                          "to",
                          "columns",
                          "omit",
                          "key",
                          "where",
                          "duplicates",
                          "each"),
                  When.list("columns")
                      .forbids(
                          Place.OTHER,
                          "a list of columns is complete, so nothing is left to omit. Remove one of"
                              + " them.",
                          "omit")));

  private final Mistakes mistakes;
  private final SecretReader secrets;
  private final Map<String, Location> sources = new HashMap<>();
  private final Map<String, Location> targets = new HashMap<>();

  TableRuleReader(Mistakes mistakes, SecretReader secrets) {
    this.mistakes = mistakes;
    this.secrets = secrets;
  }

  List<TableRule> read(YamlValue mappings) {
    List<TableRule> rules = new ArrayList<>();
    mappings.items().forEach(item -> rule(item).ifPresent(rules::add));
    return rules;
  }

  private Optional<TableRule> rule(YamlValue item) {
    Map<String, YamlValue> fields = item.fields();
    YamlValue named = fields.get("table");
    Optional<Located<String>> table = Optional.ofNullable(named).flatMap(YamlValue::located);
    table.ifPresent(t -> once(t, sources, "the table is mapped twice"));
    boolean split = fields.containsKey("split");
    boolean merged =
        Optional.ofNullable(fields.get("merge")).flatMap(YamlValue::flag).orElse(false);
    List<TargetRule> rules = new ArrayList<>();
    if (split) {
      split(fields.get("split"), table, merged, rules);
    } else {
      YamlValue to = fields.get("to");
      Optional<Located<String>> name = to == null ? table : target(to);
      name.filter(t -> !merged).ifPresent(t -> onceInDatabase(t, table));
      Map<Located<String>, String> omit = omit(fields.get("omit"));
      ColumnRules columns = ColumnRules.read(fields.get("columns"), mistakes, secrets);
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
      Map<Located<String>, String> omit,
      Map<String, YamlValue> fields) {
    YamlValue key = fields.get("key");
    YamlValue where = fields.get("where");
    return new TargetRule(
        name,
        others,
        columns.rules(),
        omit,
        key == null ? List.of() : MadeReader.names(key),
        Optional.ofNullable(where).flatMap(YamlValue::content).orElse(null),
        Optional.ofNullable(fields.get("duplicates")).flatMap(DuplicatesRule::read).orElse(null),
        Optional.ofNullable(fields.get("each")).flatMap(EachRule::read).orElse(null));
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
      Map<String, YamlValue> fields = item.fields();
      Optional<Located<String>> name =
          Optional.ofNullable(fields.get("to")).flatMap(TableRuleReader::target);
      name.filter(t -> !merged).ifPresent(t -> onceInDatabase(t, table));
      ColumnRules columns = ColumnRules.read(fields.get("columns"), mistakes, secrets);
      name.ifPresent(n -> rules.add(target(n, false, columns, Map.of(), fields)));
    }
  }

  /** The columns that stay behind, each with why; a list does not say it. */
  private Map<Located<String>, String> omit(@Nullable YamlValue omit) {
    Map<Located<String>, String> reasons = new LinkedHashMap<>();
    if (omit == null) {
      return reasons;
    }
    if (omit.isMap()) {
      for (YamlValue.Entry entry : omit.entries()) {
        if (entry.key().isEmpty()) {
          entry.value().mistake("expected a name, found an empty text.");
        }
        entry
            .value()
            .text()
            .ifPresent(why -> reasons.put(new Located<>(entry.key(), entry.keyAt()), why));
      }
      return reasons;
    }
    Map<String, Location> seen = new HashMap<>();
    for (YamlValue item : omit.items()) {
      item.name().ifPresent(n -> reasons.put(new Located<>(n, item.at()), ""));
    }
    reasons.keySet().forEach(n -> once(n, seen, "the column is omitted twice"));
    return reasons;
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

package dev.landfall.pipelines.spec;

import static dev.landfall.pipelines.spec.shape.Key.key;

import dev.landfall.pipelines.spec.ColumnRule.Recipe;
import dev.landfall.pipelines.spec.shape.Shape;
import dev.landfall.transforms.compute.ValueMap.Unknown;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a value that comes from another table. */
final class LookupReader {
  private static final String MISSING = "expected refuse, null or {value: …}.";

  static final Shape.Fields SHAPE =
      Shape.fields(
          key("table", Shape.Scalar.NAME, "The source table that has the value.")
              .required("the source table that has the value."),
          key(
                  "by",
                  Shape.mapOf(Shape.Scalar.TEXT, Shape.Scalar.NAME).size(1, Integer.MAX_VALUE),
                  "Its columns that tell the row, each with this table's column for it.")
              .required("which of its columns tell the row: {its: this table's}."),
          key("value", Shape.Scalar.NAME, "The column whose value it is.")
              .required("the column whose value it is."),
          key(
              "missing",
              Shape.anyOf(
                  Shape.words(List.of("refuse")),
                  Shape.Scalar.NULL,
                  Shape.fields(
                      key("value", Shape.Scalar.TEXT, "What comes in its place.")
                          .required("what comes in its place."))),
              "What becomes of rows for which there is none. Without it: rejects."));

  private LookupReader() {}

  static Optional<Recipe> read(YamlValue lookup) {
    Map<String, YamlValue> fields = lookup.fields();
    Map<Located<String>, Located<String>> by = new LinkedHashMap<>();
    YamlValue columns = fields.get("by");
    if (columns != null) {
      for (YamlValue.Entry entry : columns.entries()) {
        entry
            .value()
            .located()
            .ifPresent(own -> by.put(own, new Located<>(entry.key(), entry.keyAt())));
      }
      if (columns.isMap() && columns.entries().isEmpty()) {
        columns.mistake("no columns are listed.");
      }
    }
    Optional<Located<String>> table =
        Optional.ofNullable(fields.get("table")).flatMap(YamlValue::located);
    Optional<Located<String>> value =
        Optional.ofNullable(fields.get("value")).flatMap(YamlValue::located);
    YamlValue missing = fields.get("missing");
    Unknown unknown = Unknown.REFUSE;
    Optional<String> otherwise = Optional.empty();
    if (missing != null && missing.isNull()) {
      unknown = Unknown.NULL;
    } else if (missing != null && missing.isMap()) {
      unknown = Unknown.VALUE;
      otherwise = Optional.ofNullable(missing.fields().get("value")).flatMap(YamlValue::text);
    } else if (missing != null && !missing.text().filter("refuse"::equals).isPresent()) {
      missing.mistake(MISSING);
    }
    if (table.isEmpty() || value.isEmpty() || by.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Recipe.Lookup(table.get(), by, value.get(), unknown, otherwise.orElse(null)));
  }
}

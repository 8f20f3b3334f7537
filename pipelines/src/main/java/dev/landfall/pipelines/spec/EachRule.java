package dev.landfall.pipelines.spec;

import static dev.landfall.pipelines.spec.shape.Key.key;

import dev.landfall.pipelines.spec.shape.Clause.Place;
import dev.landfall.pipelines.spec.shape.Shape;
import dev.landfall.pipelines.spec.shape.When;
import dev.landfall.transforms.compute.SplitJson;
import dev.landfall.transforms.compute.SplitText;
import dev.landfall.transforms.compute.Splitter;
import dev.landfall.transforms.model.SourceColumn;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * That a target has a row for each part of a column's value.
 *
 * @param from the source column
 * @param splitter takes its values apart
 * @param part what a part is called where a column is made of it
 * @param number what its number is called
 */
public record EachRule(Located<String> from, Splitter splitter, String part, String number) {
  private static final String PART = "part";
  private static final String NUMBER = "number";

  static final Shape.Fields SHAPE =
      Shape.fields(
              key("from", Shape.Scalar.NAME, "The source column that is taken apart.")
                  .required("the source column that is taken apart."),
              key("by", Shape.Scalar.NAME, "What stands between its parts."),
              key("json", Shape.Scalar.FLAG.with("const", true), "That it is a JSON array."),
              key("part", Shape.Scalar.NAME, "What a part is called in columns.").otherwise(PART),
              key("number", Shape.Scalar.NAME, "What its number, from 1, is called in columns.")
                  .otherwise(NUMBER))
          .with(
              When.there("by")
                  .forbids(Place.OTHER, "a text has separators or is a JSON array.", "json"))
          .oneWay(List.of(List.of("by"), List.of("json")));

  static Optional<EachRule> read(YamlValue value) {
    Map<String, YamlValue> fields = value.fields();
    Optional<Located<String>> from =
        Optional.ofNullable(fields.get("from")).flatMap(YamlValue::located);
    YamlValue by = fields.get("by");
    boolean json = Optional.ofNullable(fields.get("json")).flatMap(YamlValue::flag).orElse(false);
    if (by == null && !json) {
      if (value.isMap()) {
        value.mistake("say what stands between the parts, `by`, or `json: true`.");
      }
      return Optional.empty();
    }
    String part = Optional.ofNullable(fields.get("part")).flatMap(YamlValue::name).orElse(PART);
    String number =
        Optional.ofNullable(fields.get("number")).flatMap(YamlValue::name).orElse(NUMBER);
    Optional<Splitter> splitter =
        by == null ? Optional.of(new SplitJson()) : by.name().map(SplitText::new);
    return from.flatMap(f -> splitter.map(s -> new EachRule(f, s, part, number)));
  }

  /** The column that stands for a part. */
  SourceColumn partColumn() {
    return SourceColumn.text(part, "NULL");
  }

  /** The column that stands for its number. */
  SourceColumn numberColumn() {
    return SourceColumn.number(number, "NULL");
  }
}

package dev.landfall.pipelines.spec;

import static dev.landfall.pipelines.spec.shape.Key.key;

import dev.landfall.pipelines.spec.shape.Key;
import dev.landfall.pipelines.spec.shape.Shape;
import dev.landfall.transforms.compute.Operator;
import dev.landfall.transforms.compute.ValueMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code map}: values, and what becomes of each and of all others. */
final class MapReader {
  static final Key MAP =
      key(
          "map",
          Shape.mapOf(Shape.Scalar.TEXT, Shape.anyOf(Shape.Scalar.TEXT, Shape.Scalar.NULL)),
          "Values and what each becomes; null is NULL.");

  static final Key ELSE =
      key(
              "else",
              Shape.anyOf(
                  Shape.words(List.of("refuse", "keep")),
                  Shape.Scalar.NULL,
                  Shape.fields(
                      key("value", Shape.Scalar.TEXT, "What comes in place of the value.")
                          .required("what a value becomes that the map does not have."))),
              "What becomes of all other values.")
          .otherwise("refuse");

  private MapReader() {}

  static Optional<Operator> read(Map<String, YamlValue> fields, Map<String, Location> places) {
    Map<@Nullable String, @Nullable String> map = new LinkedHashMap<>();
    for (YamlValue.Entry entry : Objects.requireNonNull(fields.get("map")).entries()) {
      String key = entry.ofNull() ? null : entry.key();
      places.put(key == null ? "null" : key, entry.keyAt());
      if (entry.value().isNull()) {
        map.put(key, null);
      } else {
        entry.value().text().ifPresent(text -> map.put(key, text));
      }
    }
    YamlValue other = fields.get("else");
    if (other == null) {
      return Optional.of(new ValueMap(map, ValueMap.Unknown.REFUSE, null));
    }
    places.put("else", other.at());
    if (other.isNull()) {
      return Optional.of(new ValueMap(map, ValueMap.Unknown.NULL, null));
    }
    if (other.isMap()) {
      return Optional.ofNullable(other.fields().get("value"))
          .flatMap(YamlValue::text)
          .map(text -> new ValueMap(map, ValueMap.Unknown.VALUE, text));
    }
    Optional<String> word = other.text();
    if (word.isPresent() && word.get().equals("refuse")) {
      return Optional.of(new ValueMap(map, ValueMap.Unknown.REFUSE, null));
    }
    if (word.isPresent() && word.get().equals("keep")) {
      return Optional.of(new ValueMap(map, ValueMap.Unknown.KEEP, null));
    }
    other.mistake("expected refuse, keep, null or {value: …}.");
    return Optional.empty();
  }
}

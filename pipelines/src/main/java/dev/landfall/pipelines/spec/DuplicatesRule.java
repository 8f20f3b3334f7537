package dev.landfall.pipelines.spec;

import static dev.landfall.pipelines.spec.shape.Key.key;

import dev.landfall.pipelines.spec.shape.Shape;
import dev.landfall.transforms.model.Duplicates.Keep;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of rows that are one to a target.
 *
 * @param by the target's columns in which they agree; none for those of its key
 * @param keep which of them it has
 * @param column the target's column that decides, null where the order does
 * @param at where it was said
 */
public record DuplicatesRule(
    List<Located<String>> by, Keep keep, @Nullable Located<String> column, Location at) {
  private static final String KEEP = "first, last, {highest: column} or {lowest: column}";

  static final Shape.Fields SHAPE =
      Shape.fields(
          key(
              "by",
              Shape.anyOf(Shape.Scalar.NAME, Shape.listOf(Shape.Scalar.NAME).some()),
              "The target's columns in which such rows agree. Without it: those of its key."),
          key(
                  "keep",
                  Shape.anyOf(
                      Shape.words(List.of("first", "last")),
                      Shape.fields(
                              key(
                                  "highest",
                                  Shape.Scalar.NAME,
                                  "The row with its highest value counts."),
                              key(
                                  "lowest",
                                  Shape.Scalar.NAME,
                                  "The row with its lowest value counts."))
                          .single()),
                  "Which row counts.")
              .required("which row counts, " + KEEP + "."));

  public DuplicatesRule {
    by = List.copyOf(by);
  }

  /** The rule that is written; empty, with the mistake noted, when it is none. */
  static Optional<DuplicatesRule> read(YamlValue value) {
    Map<String, YamlValue> fields = value.fields();
    YamlValue by = fields.get("by");
    List<Located<String>> names = by == null ? List.of() : MadeReader.names(by);
    YamlValue keep = fields.get("keep");
    if (keep == null) {
      return Optional.empty();
    }
    if (keep.isMap()) {
      Map<String, YamlValue> column = keep.fields();
      if (column.size() != 1) {
        keep.mistake("expected " + KEEP + ".");
        return Optional.empty();
      }
      return column.entrySet().stream()
          .findFirst()
          .flatMap(
              entry ->
                  entry
                      .getValue()
                      .located()
                      .map(
                          name ->
                              new DuplicatesRule(
                                  names,
                                  entry.getKey().equals("highest") ? Keep.HIGHEST : Keep.LOWEST,
                                  name,
                                  value.at())));
    }
    Optional<String> word = keep.name();
    if (word.filter("first"::equals).isPresent() || word.filter("last"::equals).isPresent()) {
      Keep which = word.get().equals("first") ? Keep.FIRST : Keep.LAST;
      return Optional.of(new DuplicatesRule(names, which, null, value.at()));
    }
    keep.mistake("expected " + KEEP + ".");
    return Optional.empty();
  }
}

package dev.landfall.pipelines.spec;

import static dev.landfall.pipelines.spec.shape.Key.key;

import dev.landfall.pipelines.spec.shape.Key;
import dev.landfall.pipelines.spec.shape.Shape;
import dev.landfall.transforms.compute.Lower;
import dev.landfall.transforms.compute.Operator;
import dev.landfall.transforms.compute.Trim;
import dev.landfall.transforms.compute.ValueMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the operators of a column, {@code apply}: a list, each a word, or a map with the operator
 * and what belongs to it.
 */
final class OperatorReader {
  /** Operators that a word says. */
  private static final Map<String, Supplier<Operator>> WORDS = new LinkedHashMap<>();

  /** Operators that a map says, by its first key; the function gets the whole map. */
  private static final Map<String, Form> FORMS = new LinkedHashMap<>();

  /**
   * How an operator is written.
   *
   * @param shape its map, of which the first key is the operator
   */
  private record Form(
      Shape.Fields shape, Function<Map<String, YamlValue>, Optional<Operator>> read) {}

  static {
    WORDS.put("trim", Trim::new);
    WORDS.put("lower", Lower::new);
    put(
        OperatorReader::map,
        key(
            "map",
            Shape.mapOf(Shape.Scalar.TEXT, Shape.anyOf(Shape.Scalar.TEXT, Shape.Scalar.NULL)),
            "Values and what each becomes."),
        key(
                "else",
                Shape.anyOf(
                    Shape.words(List.of("refuse", "keep")),
                    Shape.Scalar.NULL,
                    Shape.fields(
                        key("value", Shape.Scalar.TEXT, "What comes in place of the value.")
                            .required("what a value becomes that the map does not have."))),
                "What becomes of all other values.")
            .otherwise("refuse"));
  }

  private static void put(
      Function<Map<String, YamlValue>, Optional<Operator>> read, Key first, Key... more) {
    Key[] keys = Stream.concat(Stream.of(first.required()), Stream.of(more)).toArray(Key[]::new);
    FORMS.put(first.name(), new Form(Shape.fields(keys), read));
  }

  private static final Shape OPERATOR =
      new Shape.Named(
          "operator",
          new Shape.AnyOf(
              Stream.<Shape>concat(
                      Stream.of(Shape.words(WORDS.keySet())),
                      FORMS.values().stream().map(Form::shape))
                  .toList()));

  /** What it may say: one, or a list. */
  static final Shape SHAPE = Shape.anyOf(OPERATOR, Shape.listOf(OPERATOR));

  private OperatorReader() {}

  /** The operators in order; those that are wrong are noted and left out. */
  static List<Located<Operator>> read(@Nullable YamlValue apply) {
    List<Located<Operator>> operators = new ArrayList<>();
    if (apply != null) {
      for (YamlValue item : apply.isList() ? apply.items() : List.of(apply)) {
        operator(item).ifPresent(o -> operators.add(new Located<>(o, item.at())));
      }
    }
    return operators;
  }

  private static Optional<Operator> operator(YamlValue item) {
    if (item.isMap()) {
      Optional<Form> form =
          item.keys().stream().filter(FORMS::containsKey).findFirst().map(FORMS::get);
      return form.isPresent()
          ? form.get().read().apply(item.fields(form.get().shape()))
          : unknown(item, item.keys().stream().findFirst().orElse(""));
    }
    Optional<String> word = item.name();
    if (word.isEmpty()) {
      return Optional.empty();
    }
    Supplier<Operator> operator = WORDS.get(word.get());
    return operator == null ? unknown(item, word.get()) : Optional.of(operator.get());
  }

  private static Optional<Operator> unknown(YamlValue item, String given) {
    List<String> known = new ArrayList<>(WORDS.keySet());
    FORMS.keySet().forEach(word -> known.add("{" + word + ": …}"));
    item.mistake(
        "expected one of "
            + String.join(", ", known)
            + "."
            + NearestName.of(given, names())
                .map(name -> " Did you mean \"" + name + "\"?")
                .orElse(""));
    return Optional.empty();
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>(WORDS.keySet());
    names.addAll(FORMS.keySet());
    return names;
  }

  private static Optional<Operator> map(Map<String, YamlValue> fields) {
    YamlValue values = fields.get("map");
    if (values == null) {
      return Optional.empty();
    }
    Map<String, @Nullable String> map = new LinkedHashMap<>();
    for (YamlValue.Entry entry : values.entries()) {
      if (entry.value().isNull()) {
        map.put(entry.key(), null);
      } else {
        entry.value().text().ifPresent(text -> map.put(entry.key(), text));
      }
    }
    YamlValue other = fields.get("else");
    if (other == null) {
      return Optional.of(new ValueMap(map, ValueMap.Unknown.REFUSE, null));
    }
    if (other.isNull()) {
      return Optional.of(new ValueMap(map, ValueMap.Unknown.NULL, null));
    }
    if (other.isMap()) {
      return Optional.ofNullable(other.fields().get("value"))
          .flatMap(YamlValue::text)
          .map(text -> new ValueMap(map, ValueMap.Unknown.VALUE, text));
    }
    Optional<String> word = other.text();
    for (ValueMap.Unknown unknown : List.of(ValueMap.Unknown.REFUSE, ValueMap.Unknown.KEEP)) {
      if (word.filter(unknown.name().toLowerCase(Locale.ROOT)::equals).isPresent()) {
        return Optional.of(new ValueMap(map, unknown, null));
      }
    }
    other.mistake("expected refuse, keep, null or {value: …}.");
    return Optional.empty();
  }
}

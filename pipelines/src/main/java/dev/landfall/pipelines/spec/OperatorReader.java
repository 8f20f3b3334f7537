package dev.landfall.pipelines.spec;

import static dev.landfall.pipelines.spec.shape.Key.key;

import dev.landfall.pipelines.spec.shape.Key;
import dev.landfall.pipelines.spec.shape.Shape;
import dev.landfall.transforms.compute.Collapse;
import dev.landfall.transforms.compute.DatePart;
import dev.landfall.transforms.compute.Digits;
import dev.landfall.transforms.compute.EmptyToNull;
import dev.landfall.transforms.compute.Lower;
import dev.landfall.transforms.compute.Operator;
import dev.landfall.transforms.compute.Trim;
import dev.landfall.transforms.compute.Upper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** Operators that a map says, by the key that is the operator's own. */
  private static final Map<String, Form> FORMS = new LinkedHashMap<>();

  /**
   * How an operator is written.
   *
   * @param shape its map, of which the first key is the operator
   */
  private record Form(Shape.Fields shape, Reader read) {}

  /** Reads the map of an operator, which has the operator's own key. */
  private interface Reader {
    /**
     * The operator; empty, with the mistakes noted, when it is none.
     *
     * @param places takes where parts are written that may be wrong for a column
     */
    Optional<Operator> read(
        Map<String, YamlValue> fields, Map<String, Location> places, SecretReader secrets);
  }

  static {
    WORDS.put("trim", Trim::new);
    WORDS.put("collapse", Collapse::new);
    WORDS.put("lower", Lower::new);
    WORDS.put("upper", Upper::new);
    WORDS.put("digits", Digits::new);
    WORDS.put("emptyToNull", () -> new EmptyToNull(/* blank= */ false));
    put((fields, places, secrets) -> MapReader.read(fields, places), MapReader.MAP, MapReader.ELSE);
    put(
        OperatorForms::emptyToNull,
        key("emptyToNull", Shape.words(List.of("blank")), "NULL for white space alone too."));
    put(OperatorForms::normalize, key("normalize", OperatorForms.FORM, "Unicode's normal form."));
    put(
        OperatorForms::replace,
        key("replace", OperatorForms.REPLACE, "A text, and what comes in its place."));
    put(
        OperatorForms::pattern,
        key("pattern", Shape.Scalar.NAME, "A regular expression of RE2."),
        key("with", Shape.Scalar.TEXT, "What comes in place of all that fits; $1 is a group.")
            .required("what comes in place of all that fits."));
    put(
        OperatorForms::part,
        key("part", OperatorForms.PLACE, "Which part: 1 the first, -1 the last."),
        key("of", Shape.Scalar.NAME, "The text that stands between parts.")
            .required("the text that stands between the parts."),
        key(
            "limit",
            OperatorForms.LIMIT.shape(),
            "How many parts there are at most; the last has the rest."));
    put(
        OperatorForms::substring,
        key("substring", OperatorForms.SUBSTRING, "Some of the characters."));
    put(
        OperatorForms::date,
        key("date", Shape.words(DatePart.Field.words()), "A number of a date or time."));
    put(
        OperatorForms::format,
        key("format", Shape.Scalar.NAME, "The pattern of java.time by which a time is written."));
    put(
        OperatorForms::parse,
        key("parse", Shape.Scalar.NAME, "The pattern of java.time by which a text is a time."),
        key("as", Shape.words(OperatorForms.TIMES), "The type of what it is.")
            .otherwise("timestamp"));
    put(
        OperatorForms::json,
        key("json", OperatorForms.PATH, "The path of a piece of JSON: $.a.b[0]."));
    put(
        OperatorForms::hash,
        key("hash", Shape.words(List.of("sha256")), "HMAC-SHA-256, so that nobody sees the value."),
        key(
                "salt",
                Shape.Scalar.NAME.with("pattern", "^" + Template.TEXT + "$"),
                "The secret without which nobody can try values out: ${NAME}, or file:NAME.")
            .required("a secret, ${NAME} or file:NAME, without which values could be tried out."));
    put(OperatorForms::mask, key("mask", OperatorForms.MASK, "Hides all but some characters."));
    put(
        OperatorForms::round,
        key("round", OperatorForms.DIGITS.shape(), "Digits that stay behind the point."));
    put(
        OperatorForms::cast,
        key("cast", Shape.Scalar.NAME, "A PostgreSQL type that must hold the value."));
  }

  private static void put(OperatorForms.Plain read, Key first, Key... more) {
    put((fields, places, secrets) -> read.read(fields, secrets), first, more);
  }

  private static void put(Reader read, Key first, Key... more) {
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
  static List<OperatorRule> read(@Nullable YamlValue apply, SecretReader secrets) {
    List<OperatorRule> operators = new ArrayList<>();
    if (apply != null) {
      for (YamlValue item : apply.isList() ? apply.items() : List.of(apply)) {
        Map<String, Location> places = new HashMap<>();
        operator(item, places, secrets)
            .ifPresent(o -> operators.add(new OperatorRule(o, item.at(), places)));
      }
    }
    return operators;
  }

  private static Optional<Operator> operator(
      YamlValue item, Map<String, Location> places, SecretReader secrets) {
    if (item.isMap()) {
      Optional<Form> form =
          item.keys().stream().filter(FORMS::containsKey).findFirst().map(FORMS::get);
      return form.isPresent()
          ? form.get().read().read(item.fields(form.get().shape()), places, secrets)
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
    return Stream.concat(WORDS.keySet().stream(), FORMS.keySet().stream()).distinct().toList();
  }
}

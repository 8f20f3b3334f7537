package dev.landfall.pipelines.spec;

import static dev.landfall.pipelines.spec.shape.Key.key;

import dev.landfall.pipelines.spec.shape.Shape;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.compute.Cast;
import dev.landfall.transforms.compute.DatePart;
import dev.landfall.transforms.compute.EmptyToNull;
import dev.landfall.transforms.compute.FormatTime;
import dev.landfall.transforms.compute.Hash;
import dev.landfall.transforms.compute.JsonPath;
import dev.landfall.transforms.compute.Mask;
import dev.landfall.transforms.compute.MaskEmail;
import dev.landfall.transforms.compute.Normalize;
import dev.landfall.transforms.compute.Operator;
import dev.landfall.transforms.compute.ParseTime;
import dev.landfall.transforms.compute.Part;
import dev.landfall.transforms.compute.Replace;
import dev.landfall.transforms.compute.ReplacePattern;
import dev.landfall.transforms.compute.Round;
import dev.landfall.transforms.compute.Substring;
import dev.landfall.transforms.types.PgEnum;
import dev.landfall.transforms.types.PgType;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Reads what belongs to operators that are more than a word. */
final class OperatorForms {
  /** Whoever knows less than that of a salt has to try long. */
  private static final int SHORTEST_SALT = 16;

  private static final long MOST = 1_000_000;

  private static final List<String> FORMS =
      Arrays.stream(Normalizer.Form.values()).map(Enum::name).toList();

  /** Unicode's normal forms. */
  static final Shape.Scalar FORM = Shape.words(FORMS);

  /** Types of dates and times. */
  static final List<String> TIMES = List.of("date", "time", "timestamp", "timestamptz");

  /** A place, from 1, or from -1 backwards. */
  static final Quantity<Integer> POSITION =
      new Quantity<>(
          "a whole number from 1, or from -1 backwards from the end",
          OperatorForms::position,
          List.of("-?(?:" + Units.text("", 1, MOST) + ")"),
          new Quantity.Numbers(/* whole= */ true, -MOST, MOST));

  /** The same for the schema, which has ranges without holes. */
  static final Shape.Scalar PLACE = POSITION.shape().with("not", Map.of("const", 0));

  /** How many parts or characters. */
  static final Quantity<Integer> LIMIT =
      Quantity.whole(1, MOST).map(Math::toIntExact).expected("a whole number from 1");

  /** How many characters or digits. */
  static final Quantity<Integer> DIGITS =
      Quantity.whole(0, MOST / 1000).map(Math::toIntExact).expected("a whole number up to 1000");

  static final Shape.Fields REPLACE =
      Shape.fields(
          key("from", Shape.Scalar.NAME, "The text that is looked for.")
              .required("what is replaced."),
          key("to", Shape.Scalar.TEXT, "What comes in its place; may be empty.")
              .required("what comes in its place."));

  static final Shape.Fields SUBSTRING =
      Shape.fields(
          key("from", PLACE, "The first character: 1, or -1 for the last.")
              .required("the first character, 1 or another."),
          key("length", LIMIT.shape(), "How many at most. Without it: all that follow."));

  /** A path of {@link JsonPath}. */
  static final Shape.Scalar PATH =
      Shape.Scalar.of("string").with("pattern", "^" + JsonPath.PATTERN + "$");

  private static final Shape.Fields ENDS =
      Shape.fields(
          key("keepFirst", DIGITS.shape(), "How many characters stay at the beginning.")
              .otherwise(0),
          key("keepLast", DIGITS.shape(), "How many characters stay at the end.").otherwise(0),
          key(
                  "with",
                  Shape.Scalar.NAME.with("maxLength", 1),
                  "What comes in place of each other one.")
              .otherwise("*"));

  static final Shape MASK = Shape.anyOf(Shape.words(List.of("email")), ENDS);

  /** Reads an operator that is right or wrong by itself. */
  interface Plain {
    Optional<Operator> read(Map<String, YamlValue> fields, SecretReader secrets);
  }

  private OperatorForms() {}

  private static Optional<Integer> position(String text) {
    boolean negative = text.startsWith("-");
    return Units.whole(negative ? text.substring(1) : text)
        .filter(n -> n >= 1 && n <= MOST)
        .map(n -> Math.toIntExact(negative ? -n : n));
  }

  private static YamlValue get(Map<String, YamlValue> fields, String key) {
    return Objects.requireNonNull(fields.get(key));
  }

  static Optional<Operator> emptyToNull(Map<String, YamlValue> fields, SecretReader secrets) {
    return Words.one(get(fields, "emptyToNull"), List.of("blank"))
        .map(word -> new EmptyToNull(/* blank= */ true));
  }

  static Optional<Operator> normalize(Map<String, YamlValue> fields, SecretReader secrets) {
    return Words.one(get(fields, "normalize"), FORMS)
        .map(word -> new Normalize(Normalizer.Form.valueOf(word)));
  }

  static Optional<Operator> replace(Map<String, YamlValue> fields, SecretReader secrets) {
    Map<String, YamlValue> inner = get(fields, "replace").fields();
    Optional<String> from = Optional.ofNullable(inner.get("from")).flatMap(YamlValue::name);
    Optional<String> to = Optional.ofNullable(inner.get("to")).flatMap(YamlValue::text);
    return from.flatMap(f -> to.map(t -> new Replace(f, t)));
  }

  static Optional<Operator> pattern(Map<String, YamlValue> fields, SecretReader secrets) {
    YamlValue pattern = get(fields, "pattern");
    Optional<String> expression = pattern.name();
    Optional<String> with = Optional.ofNullable(fields.get("with")).flatMap(YamlValue::text);
    try {
      return expression.flatMap(e -> with.map(w -> new ReplacePattern(e, w)));
    } catch (IllegalArgumentException e) {
      pattern.mistake(e.getMessage() + ".");
      return Optional.empty();
    }
  }

  static Optional<Operator> part(Map<String, YamlValue> fields, SecretReader secrets) {
    Optional<Integer> number = POSITION.read(get(fields, "part"));
    Optional<String> of = Optional.ofNullable(fields.get("of")).flatMap(YamlValue::name);
    Optional<Integer> limit = LIMIT.read(fields.get("limit"));
    if (fields.containsKey("limit") && limit.isEmpty()) {
      return Optional.empty();
    }
    return number.flatMap(n -> of.map(o -> new Part(n, o, limit.orElse(0))));
  }

  static Optional<Operator> substring(Map<String, YamlValue> fields, SecretReader secrets) {
    Map<String, YamlValue> inner = get(fields, "substring").fields();
    Optional<Integer> from = POSITION.read(inner.get("from"));
    Optional<Integer> length = LIMIT.read(inner.get("length"));
    return from.map(f -> new Substring(f, length.orElse(null)));
  }

  static Optional<Operator> date(Map<String, YamlValue> fields, SecretReader secrets) {
    return Words.one(get(fields, "date"), DatePart.Field.words())
        .flatMap(DatePart.Field::of)
        .map(DatePart::new);
  }

  static Optional<Operator> format(Map<String, YamlValue> fields, SecretReader secrets) {
    return timePattern(get(fields, "format"), FormatTime::new);
  }

  static Optional<Operator> parse(Map<String, YamlValue> fields, SecretReader secrets) {
    YamlValue as = fields.get("as");
    Optional<String> type = as == null ? Optional.of("timestamp") : Words.one(as, TIMES);
    return timePattern(
        get(fields, "parse"),
        pattern -> new ParseTime(pattern, PgType.parse(type.orElse("timestamp"))));
  }

  private static Optional<Operator> timePattern(YamlValue value, Function<String, Operator> made) {
    try {
      return value.name().map(made);
    } catch (IllegalArgumentException e) {
      value.mistake("no pattern of java.time: " + e.getMessage() + ".");
      return Optional.empty();
    }
  }

  static Optional<Operator> json(Map<String, YamlValue> fields, SecretReader secrets) {
    YamlValue path = get(fields, "json");
    Optional<String> text = path.name();
    Optional<Operator> operator = text.flatMap(JsonPath::of);
    if (text.isPresent() && operator.isEmpty()) {
      path.mistake("expected a path: $.address.city, $[0].id or $.\"a name\".");
    }
    return operator;
  }

  static Optional<Operator> hash(Map<String, YamlValue> fields, SecretReader secrets) {
    Optional<String> kind = Words.one(get(fields, "hash"), List.of("sha256"));
    YamlValue salt = fields.get("salt");
    if (salt == null) {
      return Optional.empty();
    }
    return secrets
        .secret(salt, "The salt of " + salt.at().path())
        .flatMap(
            secret -> {
              if (secret.reveal().length() < SHORTEST_SALT) {
                salt.mistake(
                    "a salt has "
                        + SHORTEST_SALT
                        + " characters at least: a shorter one can be found out by trying.");
                return Optional.empty();
              }
              return kind.map(k -> new Hash(new SecretSalt(secret)));
            });
  }

  static Optional<Operator> mask(Map<String, YamlValue> fields, SecretReader secrets) {
    YamlValue mask = get(fields, "mask");
    if (!mask.isMap()) {
      return Words.one(mask, List.of("email")).map(word -> new MaskEmail());
    }
    Map<String, YamlValue> inner = mask.fields(ENDS);
    int first = DIGITS.read(inner.get("keepFirst")).orElse(0);
    int last = DIGITS.read(inner.get("keepLast")).orElse(0);
    YamlValue with = inner.get("with");
    Optional<String> star = with == null ? Optional.of("*") : with.name();
    if (star.isPresent() && star.get().codePointCount(0, star.get().length()) > 1) {
      Objects.requireNonNull(with).mistake("expected one character.");
    }
    return star.map(s -> new Mask(first, last, s));
  }

  static Optional<Operator> round(Map<String, YamlValue> fields, SecretReader secrets) {
    return DIGITS.read(get(fields, "round")).map(Round::new);
  }

  static Optional<Operator> cast(Map<String, YamlValue> fields, SecretReader secrets) {
    YamlValue type = get(fields, "cast");
    try {
      Optional<PgType> parsed = type.name().map(PgType::parse);
      if (parsed.filter(PgEnum.class::isInstance).isPresent()) {
        type.mistake("an enum is made of the members of a column alone: say `type: enum` of it.");
        return Optional.empty();
      }
      return parsed.map(Cast::new);
    } catch (MigrationException e) {
      type.mistake(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}

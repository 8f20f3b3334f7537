package dev.landfall.pipelines.spec;

import static dev.landfall.pipelines.spec.shape.Key.key;

import dev.landfall.pipelines.spec.shape.Clause.Place;
import dev.landfall.pipelines.spec.shape.Shape;
import dev.landfall.pipelines.spec.shape.When;
import dev.landfall.transforms.sql.SingleStatement;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the spec's {@code checks}. */
final class SpecCheckReader {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,18})?");
  private static final Duration MAX_TIMEOUT = Duration.ofDays(1);
  private static final String NONE = "none";

  private static final Quantity<String> TOLERANCE =
      new Quantity<>(
          "a number such as 0.01, or a share such as 0.1%",
          text ->
              NUMBER.matcher(text).matches() || Units.percent(text).isPresent()
                  ? Optional.of(text)
                  : Optional.empty(),
          List.of(NUMBER.pattern(), Units.PERCENT.pattern()),
          new Quantity.Numbers(false, 0, 999_999_999_999_999_999L));

  private static final Quantity<Duration> TIMEOUT =
      Units.time(Duration.ofSeconds(1), MAX_TIMEOUT)
          .expected("a time from 1s to 24h with its unit, such as 10m (units: ms, s, m, h)");

  /** What they may say. */
  static final Shape.Items SHAPE =
      Shape.listOf(
          Shape.fields(
                  key("name", Shape.Scalar.NAME, "What the check is called; each name once.")
                      .required("what the check is called in messages."),
                  key("sql", Shape.Scalar.NAME, "The query for both sides."),
                  key(
                      "source",
                      Shape.Scalar.NAME,
                      "The source's query, with the target's beside it."),
                  key(
                      "target",
                      Shape.Scalar.NAME,
                      "The target's query, with the source's beside it."),
                  key(
                      "key",
                      Shape.anyOf(Shape.Scalar.NAME, Shape.listOf(Shape.Scalar.NAME)),
                      "The columns that tell rows apart. Without it: the leading columns that are no"
                          + " numbers."),
                  key("tolerance", TOLERANCE.shape(), "How far two numbers may be apart.")
                      .otherwise(0),
                  key(
                      "expect",
                      Shape.words(List.of(NONE)),
                      "none: each query must give no row. Without it both sides must give the same"
                          + " rows."),
                  key("timeout", TIMEOUT.shape(), "How long each query may take.").otherwise("10m"))
              .with(
                  When.there("sql")
                      .forbids(
                          Place.KEY,
                          "is for both sides. Give sql alone, or source and target.",
                          "source",
                          "target"),
                  When.there("expect")
                      .forbids(
                          Place.OTHER,
                          "is of no use with \"expect: none\", which compares nothing. Remove it.",
                          "key",
                          "tolerance"))
              .oneWay(
                  List.of(
                      List.of("sql"),
                      List.of("source", "target"),
                      List.of("expect", "source"),
                      List.of("expect", "target"))));

  private SpecCheckReader() {}

  static List<SpecCheck> read(@Nullable YamlValue checks) {
    List<SpecCheck> read = new ArrayList<>();
    Map<String, Location> names = new HashMap<>();
    if (checks != null) {
      for (YamlValue item : checks.items()) {
        check(item, names).ifPresent(read::add);
      }
    }
    return List.copyOf(read);
  }

  private static Optional<SpecCheck> check(YamlValue item, Map<String, Location> names) {
    Map<String, YamlValue> fields = item.fields();
    Optional<String> name = name(fields.get("name"), names);
    boolean none = expectsNone(fields.get("expect"));
    YamlValue both = fields.get("sql");
    YamlValue ofSource = fields.get("source");
    YamlValue ofTarget = fields.get("target");
    if (both == null && ofSource == null && ofTarget == null) {
      item.mistake("sql is missing: a query for both sides, or source and target with one each.");
    } else if (both == null && !none && (ofSource == null || ofTarget == null)) {
      item.mistake(
          (ofSource == null ? "source" : "target")
              + " is missing: the query whose rows are compared with the other side's; or say"
              + " \"expect: none\" if there must be no row.");
    }
    String source = sql(both == null ? ofSource : both, SingleStatement::mysql);
    // What the source would take for several is told of once.
    String target =
        both != null && source == null
            ? null
            : sql(both == null ? ofTarget : both, SingleStatement::postgres);
    List<String> key = names(fields.get("key"));
    String tolerance = TOLERANCE.read(fields.get("tolerance")).orElse("0");
    boolean percent = tolerance.endsWith("%");
    Duration timeout = TIMEOUT.read(fields.get("timeout")).orElse(SpecCheck.DEFAULT_TIMEOUT);
    return name.map(
        n ->
            new SpecCheck(
                n,
                source,
                target,
                none,
                key,
                new BigDecimal(tolerance.replace("%", "").strip()),
                percent,
                timeout));
  }

  private static Optional<String> name(@Nullable YamlValue value, Map<String, Location> names) {
    if (value == null) {
      return Optional.empty();
    }
    Optional<String> name = value.name();
    name.ifPresent(
        n -> {
          Location first = names.putIfAbsent(n, value.at());
          if (first != null) {
            value.mistake(
                "the name is given twice; the first is in line "
                    + first.line()
                    + ". Give each check a name of its own.");
          }
        });
    return name;
  }

  private static boolean expectsNone(@Nullable YamlValue value) {
    if (value == null) {
      return false;
    }
    Optional<String> word = value.text();
    if (word.isPresent() && !word.get().equals(NONE)) {
      value.mistake(
          "expected none, found \""
              + word.get()
              + "\". Leave expect out to compare the rows of both sides.");
    }
    return true;
  }

  private static @Nullable String sql(
      @Nullable YamlValue value, Function<String, Optional<String>> single) {
    if (value == null) {
      return null;
    }
    Optional<String> text = value.name();
    if (text.isEmpty()) {
      return null;
    }
    Optional<String> statement = single.apply(text.get());
    if (statement.isEmpty() || statement.get().isEmpty()) {
      value.mistake("expected one query, found " + (statement.isEmpty() ? "several." : "none."));
      return null;
    }
    return statement.get();
  }

  private static List<String> names(@Nullable YamlValue value) {
    if (value == null) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    if (value.isList()) {
      value.items().forEach(item -> item.name().ifPresent(names::add));
    } else {
      value.name().ifPresent(names::add);
    }
    return names;
  }
}

package dev.landfall.pipelines.spec;

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
    Map<String, YamlValue> fields =
        item.fields("name", "sql", "source", "target", "key", "tolerance", "expect", "timeout");
    Optional<String> name = name(item, fields.get("name"), names);
    boolean none = expectsNone(fields.get("expect"));
    YamlValue both = fields.get("sql");
    YamlValue ofSource = fields.get("source");
    YamlValue ofTarget = fields.get("target");
    if (both != null && (ofSource != null || ofTarget != null)) {
      both.mistake("is for both sides. Give sql alone, or source and target.");
    } else if (both == null && ofSource == null && ofTarget == null) {
      item.mistake("sql is missing: a query for both sides, or source and target with one each.");
    } else if (both == null && !none && (ofSource == null || ofTarget == null)) {
      item.mistake(
          (ofSource == null ? "source" : "target")
              + " is missing: the query whose rows are compared with the other side's; or say"
              + " \"expect: none\" if there must be no row.");
    }
    for (String key : List.of("key", "tolerance")) {
      YamlValue useless = fields.get(key);
      if (none && useless != null) {
        useless.mistake("is of no use with \"expect: none\", which compares nothing. Remove it.");
      }
    }
    String source = sql(both == null ? ofSource : both, SingleStatement::mysql);
    // What the source would take for several is told of once.
    String target =
        both != null && source == null
            ? null
            : sql(both == null ? ofTarget : both, SingleStatement::postgres);
    List<String> key = names(fields.get("key"));
    String tolerance = tolerance(fields.get("tolerance"));
    boolean percent = tolerance.endsWith("%");
    Duration timeout = timeout(fields.get("timeout"));
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

  private static Optional<String> name(
      YamlValue item, @Nullable YamlValue value, Map<String, Location> names) {
    if (value == null) {
      if (item.isMap()) {
        item.mistake("name is missing: what the check is called in messages.");
      }
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

  private static String tolerance(@Nullable YamlValue value) {
    if (value == null) {
      return "0";
    }
    Optional<String> text = value.text();
    if (text.isEmpty()) {
      return "0";
    }
    if (NUMBER.matcher(text.get()).matches() || Units.percent(text.get()).isPresent()) {
      return text.get();
    }
    value.mistake(
        "expected a number such as 0.01, or a share such as 0.1%; found \"" + text.get() + "\".");
    return "0";
  }

  private static Duration timeout(@Nullable YamlValue value) {
    if (value == null) {
      return SpecCheck.DEFAULT_TIMEOUT;
    }
    Optional<String> text = value.text();
    Optional<Duration> timeout =
        text.flatMap(Units::duration)
            .filter(t -> t.toSeconds() >= 1 && t.compareTo(MAX_TIMEOUT) <= 0);
    if (text.isPresent() && timeout.isEmpty()) {
      value.mistake(
          "expected a time from 1s to 24h with its unit, such as 10m (units: ms, s, m, h); found \""
              + text.get()
              + "\".");
    }
    return timeout.orElse(SpecCheck.DEFAULT_TIMEOUT);
  }
}

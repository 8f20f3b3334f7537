package dev.landfall.pipelines.spec;

import dev.landfall.pipelines.spec.shape.Patterns;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads numbers with units, exactly; empty when the text is none. */
public final class Units {
  /** Nine digits of any unit fit a long, and no setting needs more. */
  private static final Pattern NUMBER = Pattern.compile("([0-9]{1,9}) *([A-Za-z]*)");

  static final Pattern PERCENT = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?) *%");

  private static final Map<String, Long> BYTES =
      Map.of(
          "", 1L,
          "B", 1L,
          "KB", 1_000L,
          "MB", 1_000_000L,
          "GB", 1_000_000_000L,
          "KiB", 1L << 10,
          "MiB", 1L << 20,
          "GiB", 1L << 30);

  private static final Map<String, Duration> TIMES =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1));

  /** The greatest number that is read. */
  static final long MOST = 999_999_999;

  private static final String COUNT = "(?=[0-9]{1,9}(?![0-9]))";

  private Units() {}

  /** A regular expression for texts that are a whole number with a unit, or without one. */
  static String text(String unit, long least, long most) {
    return COUNT + Patterns.digits(least, Math.min(most, MOST)) + " *" + unit;
  }

  /** Numbers of bytes, with a unit or without. */
  static Quantity<Long> bytes(long least, long most) {
    return new Quantity<>(
        "a size",
        text -> bytes(text).filter(n -> n >= least && n <= most),
        texts(BYTES, least, most),
        new Quantity.Numbers(true, least, Math.min(most, MOST)));
  }

  /** Times with a unit. */
  static Quantity<Duration> time(Duration least, Duration most) {
    Map<String, Long> millis =
        TIMES.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, unit -> unit.getValue().toMillis()));
    return new Quantity<>(
        "a time",
        text -> duration(text).filter(t -> t.compareTo(least) >= 0 && t.compareTo(most) <= 0),
        texts(millis, least.toMillis(), most.toMillis()),
        null);
  }

  /** Shares of a whole, to its hundred percent. */
  static Quantity<BigDecimal> share() {
    BigDecimal whole = BigDecimal.valueOf(100);
    return new Quantity<>(
        "a share",
        text -> percent(text).filter(p -> p.compareTo(whole) <= 0),
        List.of(COUNT + "0*(?:100(?:\\.0{1,9})?|[0-9]{1,2}(?:\\.[0-9]{1,9})?) *%"),
        null);
  }

  private static List<String> texts(Map<String, Long> units, long least, long most) {
    return units.entrySet().stream()
        .filter(unit -> -Math.floorDiv(-least, unit.getValue()) <= most / unit.getValue())
        .sorted(
            Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(
            unit ->
                text(
                    unit.getKey(), -Math.floorDiv(-least, unit.getValue()), most / unit.getValue()))
        .toList();
  }

  /** {@code 16MiB}, {@code 4 MB}, {@code 65536}. */
  static Optional<Long> bytes(String text) {
    return parse(text, BYTES).map(n -> n.count() * n.unit());
  }

  /** {@code 60s}, {@code 5m}, {@code 1h}, {@code 500ms}. */
  public static Optional<Duration> duration(String text) {
    return parse(text, TIMES).map(n -> n.unit().multipliedBy(n.count()));
  }

  /** {@code 90d}, and whatever {@link #duration} reads. */
  public static Optional<Duration> span(String text) {
    return parse(text, Map.of("d", Duration.ofDays(1)))
        .map(n -> n.unit().multipliedBy(n.count()))
        .or(() -> duration(text));
  }

  /** {@code 0.1%}: the number before the sign. */
  static Optional<BigDecimal> percent(String text) {
    Matcher matcher = PERCENT.matcher(text);
    return matcher.matches() ? Optional.of(new BigDecimal(matcher.group(1))) : Optional.empty();
  }

  /** Digits alone. */
  public static Optional<Long> whole(String text) {
    return parse(text, Map.of("", 1L)).map(Counted::count);
  }

  private record Counted<U>(long count, U unit) {}

  private static <U> Optional<Counted<U>> parse(String text, Map<String, U> units) {
    Matcher matcher = NUMBER.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.ofNullable(units.get(matcher.group(2)))
        .map(unit -> new Counted<>(Long.parseLong(matcher.group(1)), unit));
  }
}

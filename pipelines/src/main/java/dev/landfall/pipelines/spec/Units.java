package dev.landfall.pipelines.spec;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads numbers with units, exactly; empty when the text is none. */
public final class Units {
  /** Nine digits of any unit fit a long, and no setting needs more. */
  private static final Pattern NUMBER = Pattern.compile("([0-9]{1,9}) *([A-Za-z]*)");

  private static final Pattern PERCENT = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?) *%");

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

  private Units() {}

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
    return parse(text, Map.of("", 1L)).map(Quantity::count);
  }

  private record Quantity<U>(long count, U unit) {}

  private static <U> Optional<Quantity<U>> parse(String text, Map<String, U> units) {
    Matcher matcher = NUMBER.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.ofNullable(units.get(matcher.group(2)))
        .map(unit -> new Quantity<>(Long.parseLong(matcher.group(1)), unit));
  }
}

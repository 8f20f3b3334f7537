package dev.landfall.transforms.types;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the types of dates and times have in common. */
final class Dates {
  /** From 1970-01-01 to 2000-01-01, where PostgreSQL's time begins. */
  static final long EPOCH_DAYS = 10_957;

  /** A timestamp, time or interval without a number in parentheses keeps microseconds. */
  static final int MICROSECONDS = 6;

  /** No year, month or day of zero: PostgreSQL has none of them. */
  static final String REAL_DATE = "(?!0000)\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])";

  private static final Pattern SPAN = Pattern.compile("-?\\d{1,3}:\\d{2}:\\d{2}(?:\\.\\d{1,6})?");
  private static final Pattern FRACTION = Pattern.compile("\\.(\\d+)");

  /** PostgreSQL prints fractions of seconds without trailing zeros. */
  private static final DateTimeFormatter PRINTED =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
          .toFormatter(Locale.ROOT);

  private Dates() {}

  /** How many digits a fraction of a second has. */
  static int digits(TypeText text) {
    return text.modifiers().isEmpty() ? MICROSECONDS : text.modifiers().get(0);
  }

  /** The text; null where its fraction of a second would be rounded to so many digits. */
  static @Nullable String unrounded(String text, int digits) {
    Matcher fraction = FRACTION.matcher(text);
    if (!fraction.find()) {
      return text;
    }
    String found = fraction.group(1);
    return found.length() <= digits || found.substring(digits).matches("0*") ? text : null;
  }

  /** The default of a span of time; null when it is none. */
  static @Nullable String span(String value) {
    return SPAN.matcher(value).matches() ? PgType.literal(value) : null;
  }

  static LocalDateTime dateTime(String value) {
    String iso = value.replace(' ', 'T');
    return iso.contains("T") ? LocalDateTime.parse(iso) : LocalDate.parse(iso).atStartOfDay();
  }

  /** What PostgreSQL prints of a time, if it has no finer fraction than its type. */
  static String printed(LocalDateTime time, int digits) {
    int finest = (int) Math.pow(10, 9 - Math.min(digits, MICROSECONDS));
    if (time.get(ChronoField.NANO_OF_SECOND) % finest != 0) {
      throw new DateTimeException("finer than the type");
    }
    return PRINTED.format(time);
  }

  /** Whether a bound is no zero or partial date, nor of the year 0, which PostgreSQL lacks. */
  static boolean isDay(String text) {
    return KeyText.day(text).filter(day -> day.getYear() > 0).isPresent();
  }

  /** A day before the years that MySQL's types begin with (MySQL manual 11.2). */
  static String early(String time) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return "%04d-%02d-%02d%s"
        .formatted(random.nextInt(1, 1000), random.nextInt(1, 13), random.nextInt(1, 29), time);
  }
}

package dev.landfall.transforms.expr;

import static dev.landfall.transforms.expr.Type.DATE;
import static dev.landfall.transforms.expr.Type.INSTANT;
import static dev.landfall.transforms.expr.Type.INT;
import static dev.landfall.transforms.expr.Type.STRING;
import static dev.landfall.transforms.expr.Type.TIMESTAMP;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalField;
import java.time.temporal.TemporalQuery;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** Dates and times of the years 1 to 9999. There is no clock: no function tells what time it is. */
final class TimeFunctions {
  private static final String THE_PATTERN = "the pattern";

  private static final LocalDate FIRST = LocalDate.of(1, 1, 1);
  private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

  static final List<Overload> ALL =
      Stream.of(
              dated("year", ChronoField.YEAR),
              dated("quarter", IsoFields.QUARTER_OF_YEAR),
              dated("month", ChronoField.MONTH_OF_YEAR),
              dated("day", ChronoField.DAY_OF_MONTH),
              dated("dayOfWeek", ChronoField.DAY_OF_WEEK),
              dated("dayOfYear", ChronoField.DAY_OF_YEAR),
              timed("hour", ChronoField.HOUR_OF_DAY),
              timed("minute", ChronoField.MINUTE_OF_HOUR),
              timed("second", ChronoField.SECOND_OF_MINUTE),
              formats(),
              made(),
              moved())
          .flatMap(List::stream)
          .toList();

  private TimeFunctions() {}

  private static List<Overload> timed(String name, TemporalField field) {
    return List.of(
        Overload.of(name, TIMESTAMP, INT, (LocalDateTime t) -> t.getLong(field)),
        Overload.of(name, INSTANT, INT, (LocalDateTime t) -> t.getLong(field)));
  }

  private static List<Overload> dated(String name, TemporalField field) {
    return Stream.concat(
            Stream.of(Overload.of(name, DATE, INT, (LocalDate d) -> d.getLong(field))),
            timed(name, field).stream())
        .toList();
  }

  private static List<Overload> formats() {
    return List.of(
        Overload.prepared(
            "format", DATE, STRING, STRING, THE_PATTERN, (String p) -> format(p, FIRST)),
        Overload.prepared(
            "format",
            TIMESTAMP,
            STRING,
            STRING,
            THE_PATTERN,
            (String p) -> format(p, FIRST.atStartOfDay())),
        Overload.prepared(
            "format",
            INSTANT,
            STRING,
            STRING,
            THE_PATTERN,
            (String p) -> format(p, FIRST.atStartOfDay())),
        Overload.prepared(
            "parseDate",
            STRING,
            STRING,
            DATE,
            THE_PATTERN,
            (String p) -> {
              Overload.One<String, LocalDate> parse = parse(p, FIRST, LocalDate::from);
              return (String text) -> bound(Objects.requireNonNull(parse.of(text)));
            }),
        Overload.prepared(
            "parseTimestamp",
            STRING,
            STRING,
            TIMESTAMP,
            THE_PATTERN,
            (String p) -> {
              Overload.One<String, LocalDateTime> parse =
                  parse(p, FIRST.atStartOfDay(), LocalDateTime::from);
              return (String text) -> bound(Objects.requireNonNull(parse.of(text)));
            }));
  }

  private static List<Overload> made() {
    return List.of(
        Overload.of("date", DATE, DATE, (LocalDate d) -> d),
        Overload.of("date", TIMESTAMP, DATE, (LocalDateTime t) -> t.toLocalDate()),
        Overload.of("date", INSTANT, DATE, (LocalDateTime t) -> t.toLocalDate()),
        Overload.of("date", STRING, DATE, (String s) -> Values.read(DATE, s)),
        Overload.of("timestamp", TIMESTAMP, TIMESTAMP, (LocalDateTime t) -> t),
        Overload.of("timestamp", STRING, TIMESTAMP, (String s) -> Values.read(TIMESTAMP, s)),
        Overload.of("timestamptz", INSTANT, INSTANT, (LocalDateTime t) -> t),
        Overload.of("timestamptz", STRING, INSTANT, (String s) -> Values.read(INSTANT, s)),
        Overload.prepared(
            "timestamptz",
            TIMESTAMP,
            STRING,
            INSTANT,
            "the zone",
            (String name) -> {
              ZoneId zone = zone(name);
              return (LocalDateTime t) ->
                  bound(LocalDateTime.ofInstant(t.atZone(zone).toInstant(), ZoneOffset.UTC));
            }),
        Overload.prepared(
            "local",
            INSTANT,
            STRING,
            TIMESTAMP,
            "the zone",
            (String name) -> {
              ZoneId zone = zone(name);
              return (LocalDateTime t) ->
                  bound(LocalDateTime.ofInstant(t.toInstant(ZoneOffset.UTC), zone));
            }),
        Overload.of("fromUnix", INT, INSTANT, TimeFunctions::fromUnix),
        Overload.of("toUnix", INSTANT, INT, (LocalDateTime t) -> t.toEpochSecond(ZoneOffset.UTC)));
  }

  private static List<Overload> moved() {
    return List.of(
        Overload.of("addDays", DATE, INT, DATE, (LocalDate d, Long n) -> date(() -> d.plusDays(n))),
        Overload.of(
            "addMonths", DATE, INT, DATE, (LocalDate d, Long n) -> date(() -> d.plusMonths(n))),
        Overload.of(
            "addDays",
            TIMESTAMP,
            INT,
            TIMESTAMP,
            (LocalDateTime t, Long n) -> time(() -> t.plusDays(n))),
        Overload.of(
            "addMonths",
            TIMESTAMP,
            INT,
            TIMESTAMP,
            (LocalDateTime t, Long n) -> time(() -> t.plusMonths(n))),
        Overload.of(
            "addSeconds",
            TIMESTAMP,
            INT,
            TIMESTAMP,
            (LocalDateTime t, Long n) -> time(() -> t.plusSeconds(n))),
        Overload.of(
            "addSeconds",
            INSTANT,
            INT,
            INSTANT,
            (LocalDateTime t, Long n) -> time(() -> t.plusSeconds(n))),
        Overload.of(
            "daysBetween",
            DATE,
            DATE,
            INT,
            (LocalDate a, LocalDate b) -> ChronoUnit.DAYS.between(a, b)),
        Overload.of(
            "secondsBetween",
            TIMESTAMP,
            TIMESTAMP,
            INT,
            (LocalDateTime a, LocalDateTime b) -> ChronoUnit.SECONDS.between(a, b)),
        Overload.of(
            "secondsBetween",
            INSTANT,
            INSTANT,
            INT,
            (LocalDateTime a, LocalDateTime b) -> ChronoUnit.SECONDS.between(a, b)));
  }

  private static <T extends TemporalAccessor> Overload.One<T, String> format(
      String pattern, T sample) {
    DateTimeFormatter formatter = formatter(pattern);
    written(formatter, pattern, sample);
    return t -> TextFunctions.bound(formatter.format(t));
  }

  private static String written(
      DateTimeFormatter formatter, String pattern, TemporalAccessor sample) {
    try {
      return formatter.format(sample);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "\"" + pattern + "\" asks for what the value doesn't have, a time of a date, say", e);
    }
  }

  /** What reads the texts that a pattern writes. */
  private static <T extends TemporalAccessor> Overload.One<String, T> parse(
      String pattern, T sample, TemporalQuery<T> query) {
    DateTimeFormatter formatter = formatter(pattern);
    try {
      formatter.parse(written(formatter, pattern, sample), query);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("\"" + pattern + "\" doesn't say all of the value", e);
    }
    return text -> {
      try {
        return formatter.parse(text, query);
      } catch (DateTimeException e) {
        throw new EvaluationException(
            "\"" + Values.shortened(text) + "\" is not as \"" + pattern + "\" says");
      }
    };
  }

  /** Years are those of the calendar, not of an era: then a pattern needs no era. */
  private static DateTimeFormatter formatter(String pattern) {
    StringBuilder years = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      quoted ^= c == '\'';
      years.append(c == 'y' && !quoted ? 'u' : c);
    }
    try {
      return DateTimeFormatter.ofPattern(years.toString(), Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("\"" + pattern + "\" is no pattern of a date or time", e);
    }
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "\"" + name + "\" is no time zone; one is called Europe/Berlin, say", e);
    }
  }

  private static LocalDateTime fromUnix(long seconds) throws EvaluationException {
    return time(() -> LocalDateTime.ofInstant(Instant.ofEpochSecond(seconds), ZoneOffset.UTC));
  }

  private interface Made<T> {
    T get();
  }

  private static LocalDate date(Made<LocalDate> made) throws EvaluationException {
    try {
      return bound(made.get());
    } catch (DateTimeException | ArithmeticException e) {
      throw outside();
    }
  }

  private static LocalDateTime time(Made<LocalDateTime> made) throws EvaluationException {
    try {
      return bound(made.get());
    } catch (DateTimeException | ArithmeticException e) {
      throw outside();
    }
  }

  private static LocalDate bound(LocalDate date) throws EvaluationException {
    if (date.isBefore(FIRST) || date.isAfter(LAST)) {
      throw outside();
    }
    return date;
  }

  private static LocalDateTime bound(LocalDateTime time) throws EvaluationException {
    bound(time.toLocalDate());
    if (time.get(ChronoField.NANO_OF_SECOND) % 1000 != 0) {
      throw new EvaluationException("a fraction of a second of more than six digits");
    }
    return time;
  }

  private static EvaluationException outside() {
    return new EvaluationException("a date outside the years 1 to 9999");
  }
}

package dev.landfall.transforms.compute;

import dev.landfall.transforms.types.PgDate;
import dev.landfall.transforms.types.PgText;
import dev.landfall.transforms.types.PgTime;
import dev.landfall.transforms.types.PgTimestamp;
import dev.landfall.transforms.types.PgType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The date or time that a text is by a pattern of java.time, names in English. Days and times that
 * there are not are none, and nothing is cut off: a date is not made of a text with a time.
 */
public final class ParseTime extends Operator {
  private static final long serialVersionUID = 1L;

  private final String pattern;
  private final PgType type;
  private transient volatile @Nullable DateTimeFormatter formatter;

  /**
   * By a pattern.
   *
   * @param type date, time, timestamp or timestamptz
   * @throws IllegalArgumentException when the pattern is none, with words for a person
   */
  public ParseTime(String pattern, PgType type) {
    this.pattern = pattern;
    this.type = type;
    formatter();
  }

  private DateTimeFormatter formatter() {
    DateTimeFormatter known = formatter;
    if (known == null) {
      known =
          new DateTimeFormatterBuilder()
              .parseCaseInsensitive()
              .appendPattern(pattern)
              // For yyyy, the year of an era, which is the year that people mean by it.
              .parseDefaulting(ChronoField.ERA, 1)
              .toFormatter(Locale.ENGLISH)
              .withResolverStyle(ResolverStyle.STRICT);
      formatter = known;
    }
    return known;
  }

  @Override
  public Optional<PgType> type(PgType input) {
    return input instanceof PgText ? Optional.of(type) : Optional.empty();
  }

  @Override
  public String written() {
    return "{parse: " + Written.text(pattern) + ", as: " + type + "}";
  }

  @Override
  public @Nullable String apply(@Nullable String value) throws UnfitException {
    if (value == null) {
      return null;
    }
    try {
      return type.textForm(form(formatter().parse(value), value));
    } catch (DateTimeException | IllegalArgumentException e) {
      throw none(value);
    }
  }

  private String form(TemporalAccessor parsed, String value) throws UnfitException {
    LocalDate day = parsed.query(TemporalQueries.localDate());
    LocalTime time = parsed.query(TemporalQueries.localTime());
    ZoneOffset offset = parsed.query(TemporalQueries.offset());
    boolean zoned = type instanceof PgTimestamp moment && moment.zoned();
    if (type instanceof PgTime && time != null && day == null && offset == null) {
      return time.toString().length() == 5 ? time + ":00" : time.toString();
    }
    boolean midnight = time == null || time.equals(LocalTime.MIDNIGHT);
    if (day == null
        || day.getYear() < 1
        || (offset != null) != zoned
        || (type instanceof PgDate && !midnight)
        || type instanceof PgTime) {
      throw none(value);
    }
    if (type instanceof PgDate) {
      return day.toString();
    }
    String moment = day.atTime(time == null ? LocalTime.MIDNIGHT : time).toString();
    return offset == null ? moment : moment + (offset.equals(ZoneOffset.UTC) ? "+00:00" : offset);
  }

  private UnfitException none(String value) {
    return new UnfitException(
        "\"" + value + "\" is no " + type + " by the pattern " + Written.text(pattern));
  }
}

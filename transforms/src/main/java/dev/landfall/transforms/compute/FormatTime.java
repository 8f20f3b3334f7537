package dev.landfall.transforms.compute;

import dev.landfall.transforms.types.PgDate;
import dev.landfall.transforms.types.PgTime;
import dev.landfall.transforms.types.PgTimestamp;
import dev.landfall.transforms.types.PgType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.Temporal;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The text of a date or time by a pattern of java.time; of a moment in UTC. Names are English: the
 * root locale has no long ones.
 */
public final class FormatTime extends Operator {
  private static final long serialVersionUID = 1L;

  private final String pattern;
  private final boolean zoned;
  private transient volatile @Nullable DateTimeFormatter formatter;

  /**
   * By a pattern.
   *
   * @throws IllegalArgumentException when it is none, with words for a person
   */
  public FormatTime(String pattern) {
    this(pattern, /* zoned= */ false);
    formatter();
  }

  private FormatTime(String pattern, boolean zoned) {
    this.pattern = pattern;
    this.zoned = zoned;
  }

  private DateTimeFormatter formatter() {
    DateTimeFormatter known = formatter;
    if (known == null) {
      known = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
      formatter = known;
    }
    return known;
  }

  @Override
  public Optional<PgType> type(PgType input) {
    LocalDate day = LocalDate.EPOCH;
    Temporal sample;
    if (input instanceof PgDate) {
      sample = day;
    } else if (input instanceof PgTime) {
      sample = LocalTime.NOON;
    } else if (input instanceof PgTimestamp moment) {
      LocalDateTime noon = day.atTime(LocalTime.NOON);
      sample = moment.zoned() ? noon.atOffset(ZoneOffset.UTC) : noon;
    } else {
      return Optional.empty();
    }
    try {
      return formatter().format(sample).isEmpty() ? Optional.empty() : Optional.of(TEXT);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  @Override
  public Operator fit(
      PgType input,
      @Nullable PgType output,
      java.util.function.BiConsumer<String, String> mistakes) {
    return new FormatTime(pattern, input instanceof PgTimestamp moment && moment.zoned());
  }

  @Override
  public String written() {
    return "{format: " + Written.text(pattern) + "}";
  }

  @Override
  public @Nullable String apply(@Nullable String value) throws UnfitException {
    if (value == null) {
      return null;
    }
    try {
      return formatter().format(temporal(value));
    } catch (DateTimeException e) {
      throw new UnfitException("\"" + value + "\" has no form by " + Written.text(pattern));
    }
  }

  private Temporal temporal(String value) throws UnfitException {
    if (Moments.isTime(value)) {
      return Moments.time(value);
    }
    LocalDateTime time = Moments.date(value).atTime(Moments.time(value));
    return zoned ? time.atOffset(ZoneOffset.UTC) : time;
  }
}

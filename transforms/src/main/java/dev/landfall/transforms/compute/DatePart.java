package dev.landfall.transforms.compute;

import dev.landfall.transforms.types.PgDate;
import dev.landfall.transforms.types.PgTime;
import dev.landfall.transforms.types.PgTimestamp;
import dev.landfall.transforms.types.PgType;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalField;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A number of a date or time; of a moment in UTC. */
public final class DatePart extends Operator {
  private static final long serialVersionUID = 1L;

  private static final PgType INTEGER = PgType.parse("integer");

  /** Which number. */
  public enum Field {
    YEAR("year", ChronoField.YEAR),
    QUARTER("quarter", IsoFields.QUARTER_OF_YEAR),
    MONTH("month", ChronoField.MONTH_OF_YEAR),
    /** Of ISO 8601: the first has the year's first Thursday. */
    WEEK("week", IsoFields.WEEK_OF_WEEK_BASED_YEAR),
    DAY("day", ChronoField.DAY_OF_MONTH),
    /** From 1, Monday, to 7, Sunday. */
    DAY_OF_WEEK("dayOfWeek", ChronoField.DAY_OF_WEEK),
    DAY_OF_YEAR("dayOfYear", ChronoField.DAY_OF_YEAR),
    HOUR("hour", ChronoField.HOUR_OF_DAY),
    MINUTE("minute", ChronoField.MINUTE_OF_HOUR),
    /** Without its fraction. */
    SECOND("second", ChronoField.SECOND_OF_MINUTE);

    private final String word;
    private final TemporalField field;

    Field(String word, TemporalField field) {
      this.word = word;
      this.field = field;
    }

    /** As the spec writes it. */
    public String word() {
      return word;
    }

    /** All words. */
    public static List<String> words() {
      return Arrays.stream(values()).map(Field::word).toList();
    }

    /** The one of a word. */
    public static Optional<Field> of(String word) {
      return Arrays.stream(values()).filter(field -> field.word.equals(word)).findFirst();
    }
  }

  private final Field field;

  /** That number. */
  public DatePart(Field field) {
    this.field = field;
  }

  @Override
  public Optional<PgType> type(PgType input) {
    boolean has = field.field.isTimeBased() ? input instanceof PgTime : input instanceof PgDate;
    return has || input instanceof PgTimestamp ? Optional.of(INTEGER) : Optional.empty();
  }

  @Override
  public String written() {
    return "{date: " + field.word + "}";
  }

  @Override
  public @Nullable String apply(@Nullable String value) throws UnfitException {
    if (value == null) {
      return null;
    }
    int number =
        field.field.isTimeBased()
            ? Moments.time(value).get(field.field)
            : Moments.date(value).get(field.field);
    return Integer.toString(number);
  }
}

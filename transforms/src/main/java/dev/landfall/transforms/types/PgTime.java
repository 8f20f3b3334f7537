package dev.landfall.transforms.types;

import dev.landfall.transforms.types.fault.Fault;
import dev.landfall.transforms.types.fault.TimeFaults;
import dev.landfall.transforms.types.form.CanonicalForm;
import dev.landfall.transforms.types.form.TimeForm;
import dev.landfall.transforms.value.RegularDateTime;
import dev.landfall.transforms.value.ValueBuffer;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;

/** time without time zone (PostgreSQL manual 8.5). */
public final class PgTime extends PgType {
  static final List<PgTypes.Name> NAMES =
      List.of(
          PgTypes.Name.of("time", PgTime::new)
              .or("time without time zone")
              .binary(Oid.TIME, PgTime::binary));

  private static final long serialVersionUID = 1L;

  private static final Pattern TIME_OF_DAY =
      Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d+)?|24:00:00(\\.0+)?");

  private final int digits;

  private PgTime(TypeText text) {
    super(text);
    this.digits = Dates.digits(text);
  }

  /** How many digits a fraction of a second has. */
  int digits() {
    return digits;
  }

  @Override
  public @Nullable String fitting(String text, boolean approximate) {
    return TIME_OF_DAY.matcher(text).matches() ? Dates.unrounded(text, digits) : null;
  }

  @Override
  public @Nullable String defaultOf(MySqlType source, String value, boolean mariadb) {
    return Dates.span(value);
  }

  @Override
  public boolean plain() {
    return true;
  }

  private static boolean binary(byte[] text, int start, int end, ValueBuffer out) {
    long micros = RegularDateTime.timeMicros(text, start, end);
    if (micros == RegularDateTime.IRREGULAR) {
      return false;
    }
    out.putInt(Long.BYTES);
    out.putLong(micros);
    return true;
  }

  @Override
  public CanonicalForm canonical() {
    return new TimeForm();
  }

  @Override
  public String canonicalWords() {
    return "microseconds";
  }

  @Override
  public String keyCast() {
    return "time";
  }

  @Override
  public boolean knows(String bound) {
    return bound.matches("([01]\\d|2[0-3]):.*");
  }

  @Override
  public String parkingValue() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return "%02d:%02d:%02d".formatted(random.nextInt(24), random.nextInt(60), random.nextInt(60));
  }

  @Override
  public List<Fault> faults(List<String> labels) {
    return TimeFaults.times(digits);
  }

  @Override
  public String neutral(List<String> labels) {
    return "00:00:00";
  }
}

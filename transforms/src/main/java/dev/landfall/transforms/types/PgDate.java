package dev.landfall.transforms.types;

import dev.landfall.transforms.types.fault.Fault;
import dev.landfall.transforms.types.fault.TimeFaults;
import dev.landfall.transforms.types.form.CanonicalForm;
import dev.landfall.transforms.types.form.DateForm;
import dev.landfall.transforms.value.RegularDateTime;
import dev.landfall.transforms.value.ValueBuffer;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;

/** date (PostgreSQL manual 8.5). */
public final class PgDate extends PgType {
  static final List<PgTypes.Name> NAMES =
      List.of(PgTypes.Name.of("date", PgDate::new).binary(Oid.DATE, PgDate::binary));

  private static final long serialVersionUID = 1L;

  private static final Pattern DEFAULT = Pattern.compile(Dates.REAL_DATE);
  private static final int LENGTH = "2024-02-29".length();

  private PgDate(TypeText text) {
    super(text);
  }

  /** A time of day must be midnight. */
  @Override
  public @Nullable String fitting(String text, boolean approximate) {
    String rest = text.length() > LENGTH ? text.substring(LENGTH) : "";
    return rest.matches("[ 0:.]*") ? text.substring(0, Math.min(LENGTH, text.length())) : null;
  }

  @Override
  public String textForm(String value) {
    return LocalDate.parse(value).toString();
  }

  @Override
  public @Nullable String defaultOf(MySqlType source, String value, boolean mariadb) {
    return DEFAULT.matcher(value).matches() ? literal(value) : null;
  }

  @Override
  public boolean plain() {
    return true;
  }

  private static boolean binary(byte[] text, int start, int end, ValueBuffer out) {
    if (end - start != RegularDateTime.DATE_LENGTH) {
      return false;
    }
    long days = RegularDateTime.days(text, start);
    if (days == RegularDateTime.IRREGULAR) {
      return false;
    }
    out.putInt(Integer.BYTES);
    out.putInt((int) (days - Dates.EPOCH_DAYS));
    return true;
  }

  @Override
  public CanonicalForm canonical() {
    return new DateForm();
  }

  @Override
  public String canonicalWords() {
    return "the day";
  }

  @Override
  public boolean knows(String bound) {
    return Dates.isDay(bound);
  }

  @Override
  public String parkingValue() {
    return Dates.early("");
  }

  @Override
  public List<Fault> faults(List<String> labels) {
    return TimeFaults.dates();
  }

  @Override
  public String neutral(List<String> labels) {
    return "1970-01-01";
  }
}

package dev.landfall.transforms.types;

import dev.landfall.transforms.types.fault.Fault;
import dev.landfall.transforms.types.fault.TimeFaults;
import dev.landfall.transforms.types.form.CanonicalForm;
import dev.landfall.transforms.types.form.TimestampForm;
import dev.landfall.transforms.value.RegularDateTime;
import dev.landfall.transforms.value.ValueBuffer;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;

/** timestamp, and timestamptz in sessions whose zone is UTC (PostgreSQL manual 8.5). */
public final class PgTimestamp extends PgType {
  static final List<PgTypes.Name> NAMES =
      List.of(
          PgTypes.Name.of("timestamp", text -> new PgTimestamp(text, /* zoned= */ false))
              .or("timestamp without time zone")
              .binary(Oid.TIMESTAMP, PgTimestamp::binary),
          PgTypes.Name.of("timestamptz", text -> new PgTimestamp(text, /* zoned= */ true))
              .or("timestamp with time zone")
              .binary(Oid.TIMESTAMPTZ, PgTimestamp::binary));

  private static final long serialVersionUID = 1L;

  private static final long EPOCH_MICROS = Dates.EPOCH_DAYS * 86_400_000_000L;

  private static final Pattern DEFAULT =
      Pattern.compile(Dates.REAL_DATE + " \\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,6})?");

  private final boolean zoned;
  private final int digits;

  private PgTimestamp(TypeText text, boolean zoned) {
    super(text);
    this.zoned = zoned;
    this.digits = Dates.digits(text);
  }

  /** Whether it is a moment, whatever the zone. */
  public boolean zoned() {
    return zoned;
  }

  /** How many digits a fraction of a second has. */
  public int digits() {
    return digits;
  }

  @Override
  public @Nullable String fitting(String text, boolean approximate) {
    return Dates.unrounded(text, digits);
  }

  @Override
  public String textForm(String value) {
    LocalDateTime time = zoned ? instant(value) : Dates.dateTime(value);
    return Dates.printed(time, digits) + (zoned ? "+00" : "");
  }

  private static LocalDateTime instant(String value) {
    String iso = value.replace(' ', 'T');
    return iso.matches(".*T.*(Z|[+-]\\d\\d:\\d\\d)")
        ? OffsetDateTime.parse(iso).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
        : Dates.dateTime(value);
  }

  /** A moment of the source only for a moment: it is read in a session whose zone is UTC. */
  @Override
  public @Nullable String defaultOf(MySqlType source, String value, boolean mariadb) {
    return source instanceof MySqlDatetime of
            && of.zoned() == zoned
            && DEFAULT.matcher(value).matches()
        ? literal(zoned ? value + "+00" : value)
        : null;
  }

  @Override
  public boolean plain() {
    return true;
  }

  /** Both kinds: a text without a zone is in UTC, as the session is. */
  private static boolean binary(byte[] text, int start, int end, ValueBuffer out) {
    long micros = RegularDateTime.micros(text, start, end);
    if (micros == RegularDateTime.IRREGULAR) {
      return false;
    }
    out.putInt(Long.BYTES);
    out.putLong(micros - EPOCH_MICROS);
    return true;
  }

  @Override
  public CanonicalForm canonical() {
    return new TimestampForm(zoned);
  }

  @Override
  public String canonicalWords() {
    return "microseconds" + (zoned ? " in UTC" : "");
  }

  @Override
  public String pushed(String column) {
    return zoned ? ended("(" + column + " AT TIME ZONE 'UTC')::text") : super.pushed(column);
  }

  @Override
  public String keyCast() {
    return zoned ? "timestamptz" : "timestamp";
  }

  @Override
  public boolean knows(String bound) {
    return Dates.isDay(bound);
  }

  @Override
  public boolean comparable(PgType referenced) {
    return referenced instanceof PgTimestamp other && zoned == other.zoned;
  }

  @Override
  public String parkingValue() {
    return Dates.early(" 00:00:00" + (zoned ? "+00" : ""));
  }

  @Override
  public List<Fault> faults(List<String> labels) {
    return TimeFaults.times(digits);
  }

  @Override
  public String neutral(List<String> labels) {
    return "1970-01-01 00:00:00" + (zoned ? "+00" : "");
  }
}

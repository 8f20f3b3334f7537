package dev.landfall.transforms.types;

import dev.landfall.transforms.types.fault.Fault;
import dev.landfall.transforms.types.fault.NumberFaults;
import dev.landfall.transforms.types.form.CanonicalForm;
import dev.landfall.transforms.types.form.DecimalForm;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;

/** numeric (PostgreSQL manual 8.1.2). */
public final class PgNumeric extends PgType {
  static final List<PgTypes.Name> NAMES =
      List.of(
          PgTypes.Name.of("numeric", PgNumeric::new)
              .or("decimal", "dec")
              .binary(Oid.NUMERIC, BinaryNumeric::append));

  private static final long serialVersionUID = 1L;

  private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(?:\\.\\d*)?(?:[eE][-+]?\\d+)?");

  /** No exponent of a double makes a longer number. */
  private static final int MAX_DIGITS = 400;

  /** Behind the point PostgreSQL has so many at most. */
  private static final int MAX_SCALE = 16_383;

  /** Null for no limit, with {@link #scale}. */
  private final @Nullable Integer precision;

  private final int scale;

  private PgNumeric(TypeText text) {
    super(text);
    this.precision = text.length();
    this.scale = text.modifiers().size() > 1 ? text.modifiers().get(1) : 0;
  }

  /** The default of a number; null when it is none. */
  static @Nullable String defaultOf(String value) {
    return NUMBER.matcher(value).matches() ? value : null;
  }

  /** Whether it holds every number of so many digits before and behind the point. */
  boolean holds(int before, int behind) {
    return precision == null || (precision - scale >= before && scale >= behind);
  }

  /** Whether it has no limit. */
  boolean unlimited() {
    return precision == null;
  }

  /** Whether it prints as many digits behind the point. */
  boolean prints(int behind) {
    return precision != null && scale == behind;
  }

  /** The type of its numbers when they are rounded to so many digits behind the point. */
  public PgType rounded(int digits) {
    if (precision == null) {
      return this;
    }
    // One digit more before the point, for 9.99.
    return digits >= scale
        ? this
        : PgType.parse("numeric(" + (precision - scale + digits + 1) + "," + digits + ")");
  }

  @Override
  public @Nullable String fitting(String text, boolean approximate) {
    BigDecimal number = new BigDecimal(text);
    if (precision == null) {
      return number.precision() - number.scale() > MAX_DIGITS ? null : text;
    }
    BigDecimal shortest = number.stripTrailingZeros();
    boolean fits =
        number.signum() == 0
            || (shortest.scale() <= scale
                && shortest.precision() - shortest.scale() <= precision - scale);
    return fits ? text : null;
  }

  @Override
  public String textForm(String value) {
    BigDecimal number = new BigDecimal(value);
    if (precision == null) {
      // Nobody means the million digits that an exponent can ask for.
      if (Math.abs((long) number.scale()) > MAX_SCALE) {
        throw new NumberFormatException();
      }
      return number.toPlainString();
    }
    BigDecimal scaled = number.setScale(scale, RoundingMode.UNNECESSARY);
    if (scaled.precision() > precision) {
      throw new NumberFormatException();
    }
    return scaled.toPlainString();
  }

  @Override
  public @Nullable String defaultOf(MySqlType source, String value, boolean mariadb) {
    return defaultOf(value);
  }

  @Override
  public boolean plain() {
    return true;
  }

  @Override
  public CanonicalForm canonical() {
    return new DecimalForm();
  }

  @Override
  public String canonicalWords() {
    return "the number, whatever its scale";
  }

  @Override
  public String keyCast() {
    return "numeric";
  }

  @Override
  public String bound(String text) {
    return "'" + new BigDecimal(text).toPlainString() + "'";
  }

  @Override
  public String parkingValue() {
    int digits = precision == null ? 18 : Math.min(18, precision - scale);
    long limit = digits < 0 ? 1 : BigInteger.TEN.pow(digits).longValueExact();
    return "-" + ThreadLocalRandom.current().nextLong(1, Math.max(2, limit));
  }

  @Override
  public List<Fault> faults(List<String> labels) {
    return NumberFaults.decimals();
  }

  @Override
  public String neutral(List<String> labels) {
    return "0";
  }

  @Override
  public String folded(String text) {
    return foldedNumber(text);
  }

  static String foldedNumber(String text) {
    String number = text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
    return number.equals("-0") ? "0" : number;
  }
}

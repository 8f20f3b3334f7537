package dev.landfall.transforms.convert;

import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TargetType;
import dev.landfall.transforms.model.TargetType.Kind;
import dev.landfall.transforms.types.RangeFit;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which values a type holds without rounding or cutting them. */
final class Room {
  private static final Pattern FRACTION = Pattern.compile("\\.(\\d+)");
  private static final Pattern TIME_OF_DAY =
      Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d+)?|24:00:00(\\.0+)?");

  /** No exponent of a double makes a longer number. */
  private static final int MAX_DIGITS = 400;

  private final Kind kind;
  private final RangeFit.Limits limits;

  private final boolean approximate;

  private Room(Kind kind, RangeFit.Limits limits, boolean approximate) {
    this.kind = kind;
    this.limits = limits;
    this.approximate = approximate;
  }

  /** The room that a type has for a column's values. */
  static Room of(SourceColumn source, TargetType type) {
    boolean approximate = source.dataType().equals("float") || source.dataType().equals("double");
    return new Room(type.kind(), RangeFit.limits(type), approximate);
  }

  /** The value in a form that the type takes; null when there is no room for it. */
  @Nullable String form(String text) {
    return switch (kind) {
      case BOOLEAN -> text.equals("0") || text.equals("1") ? text : null;
      case SMALLINT -> integer(text, Short.SIZE);
      case INTEGER -> integer(text, Integer.SIZE);
      case BIGINT -> integer(text, Long.SIZE);
      case NUMERIC -> numeric(text);
      case REAL -> real(text, Float.parseFloat(text)) ? text : null;
      case DOUBLE -> prints(text, Double.toString(Double.parseDouble(text))) ? text : null;
      case TEXT -> fits(text) ? text : null;
      case DATE -> date(text);
      case TIME -> TIME_OF_DAY.matcher(text).matches() ? fraction(text) : null;
      case INTERVAL, TIMESTAMP, TIMESTAMPTZ -> fraction(text);
      case BYTEA, JSON, JSONB, BIT, UUID, TEXT_ARRAY, OTHER -> text;
    };
  }

  private static @Nullable String integer(String text, int bits) {
    BigDecimal number = new BigDecimal(text);
    if (number.stripTrailingZeros().scale() > 0 || number.precision() - number.scale() > 20) {
      return null;
    }
    // PostgreSQL's integers have no exponent and no fraction of zeros.
    BigInteger whole = number.toBigIntegerExact();
    return whole.bitLength() < bits ? whole.toString() : null;
  }

  private @Nullable String numeric(String text) {
    BigDecimal number = new BigDecimal(text);
    Integer precision = limits.length();
    Integer scale = limits.scale();
    if (precision == null || scale == null) {
      return number.precision() - number.scale() > MAX_DIGITS ? null : text;
    }
    BigDecimal shortest = number.stripTrailingZeros();
    boolean fits =
        number.signum() == 0
            || (shortest.scale() <= scale
                && shortest.precision() - shortest.scale() <= precision - scale);
    return fits ? text : null;
  }

  /** A double has to be the same number afterwards, a decimal has to print the same. */
  private boolean real(String text, float number) {
    return approximate ? number == Double.parseDouble(text) : prints(text, Float.toString(number));
  }

  private static boolean prints(String text, String printed) {
    return !printed.contains("n") && new BigDecimal(printed).compareTo(new BigDecimal(text)) == 0;
  }

  /** Blanks count too: PostgreSQL would cut them off without a word (manual 8.3). */
  private boolean fits(String text) {
    Integer length = limits.length();
    return length == null || text.codePointCount(0, text.length()) <= length;
  }

  private static @Nullable String date(String text) {
    String rest = text.length() > 10 ? text.substring(10) : "";
    return rest.matches("[ 0:.]*") ? text.substring(0, Math.min(10, text.length())) : null;
  }

  /** PostgreSQL rounds a fraction of a second that is too fine. */
  private @Nullable String fraction(String text) {
    Matcher fraction = FRACTION.matcher(text);
    if (!fraction.find()) {
      return text;
    }
    String digits = fraction.group(1);
    return digits.length() <= limits.fraction() || digits.substring(limits.fraction()).matches("0*")
        ? text
        : null;
  }
}

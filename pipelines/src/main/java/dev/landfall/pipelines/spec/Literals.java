package dev.landfall.pipelines.spec;

import dev.landfall.transforms.model.TargetType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings a value that a user wrote into the text form that PostgreSQL prints for its type, so that
 * a loaded constant and the constant of a check are the same bytes. Refuses what PostgreSQL would
 * refuse or round.
 */
final class Literals {
  private static final Pattern LENGTH = Pattern.compile("\\(\\s*(\\d+)\\s*(?:,\\s*(\\d+)\\s*)?\\)");
  private static final Pattern BYTES = Pattern.compile("\\\\x(?:[0-9a-fA-F]{2})*");
  private static final Pattern BITS = Pattern.compile("[01]*");
  private static final Pattern FLOAT =
      Pattern.compile("[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?|NaN|-?Infinity");

  /** PostgreSQL prints fractions of seconds without trailing zeros. */
  private static final DateTimeFormatter PRINTED =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
          .toFormatter(Locale.ROOT);

  private Literals() {}

  /**
   * The text form of a value.
   *
   * @throws IllegalArgumentException when the value is none of the type, with a reason for the user
   */
  static String textForm(String value, TargetType type) {
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("PostgreSQL's values can't hold a NUL character");
    }
    try {
      return switch (type.kind()) {
        case BOOLEAN -> bool(value);
        case SMALLINT -> integer(value, 16);
        case INTEGER -> integer(value, 32);
        case BIGINT -> integer(value, 64);
        case NUMERIC -> numeric(value, type.ddl());
        case REAL, DOUBLE -> matching(value, FLOAT);
        case TEXT -> text(value, type.ddl());
        case BYTEA -> matching(value, BYTES).toLowerCase(Locale.ROOT);
        case BIT -> bits(value, type.ddl());
        case DATE -> LocalDate.parse(value).toString();
        case TIMESTAMP -> PRINTED.format(exact(dateTime(value), type.ddl()));
        case TIMESTAMPTZ -> PRINTED.format(exact(instant(value), type.ddl())) + "+00";
        case UUID -> uuid(value);
        case TIME, INTERVAL, JSON, JSONB, TEXT_ARRAY, OTHER -> value;
      };
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      throw none(value, type);
    }
  }

  private static String bool(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true", "t", "1" -> "t";
      case "false", "f", "0" -> "f";
      default -> throw new NumberFormatException();
    };
  }

  private static String integer(String value, int bits) {
    BigInteger number = new BigInteger(value);
    if (number.bitLength() >= bits) {
      throw new NumberFormatException();
    }
    return number.toString();
  }

  private static String numeric(String value, String ddl) {
    BigDecimal number = new BigDecimal(value);
    Matcher declared = LENGTH.matcher(ddl);
    if (!declared.find()) {
      // Nobody means the million digits that an exponent can ask for.
      if (Math.abs((long) number.scale()) > 16_383) {
        throw new NumberFormatException();
      }
      return number.toPlainString();
    }
    int scale = declared.group(2) == null ? 0 : Integer.parseInt(declared.group(2));
    BigDecimal scaled = number.setScale(scale, RoundingMode.UNNECESSARY);
    if (scaled.precision() - scale > Integer.parseInt(declared.group(1)) - scale) {
      throw new NumberFormatException();
    }
    return scaled.toPlainString();
  }

  private static String text(String value, String ddl) {
    Matcher declared = LENGTH.matcher(ddl);
    if (!declared.find()) {
      return value;
    }
    int length = Integer.parseInt(declared.group(1));
    int used = value.codePointCount(0, value.length());
    if (used > length) {
      throw new IllegalArgumentException(
          "the value has " + used + " characters, " + ddl + " takes " + length);
    }
    boolean padded = ddl.startsWith("char(") || ddl.startsWith("character(");
    return padded ? value + " ".repeat(length - used) : value;
  }

  private static String bits(String value, String ddl) {
    Matcher declared = LENGTH.matcher(ddl);
    boolean varying = ddl.contains("var");
    if (declared.find()) {
      int length = Integer.parseInt(declared.group(1));
      if (varying ? value.length() > length : value.length() != length) {
        throw new NumberFormatException();
      }
    } else if (!varying && value.length() != 1) {
      throw new NumberFormatException();
    }
    return matching(value, BITS);
  }

  private static LocalDateTime dateTime(String value) {
    String iso = value.replace(' ', 'T');
    return iso.contains("T") ? LocalDateTime.parse(iso) : LocalDate.parse(iso).atStartOfDay();
  }

  private static LocalDateTime instant(String value) {
    String iso = value.replace(' ', 'T');
    return iso.matches(".*T.*(Z|[+-]\\d\\d:\\d\\d)")
        ? OffsetDateTime.parse(iso).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
        : dateTime(value);
  }

  /** The time, if it has no finer fraction than its type: six digits, or as many as declared. */
  private static LocalDateTime exact(LocalDateTime time, String ddl) {
    Matcher declared = LENGTH.matcher(ddl);
    int digits = declared.find() ? Integer.parseInt(declared.group(1)) : 6;
    if (time.get(ChronoField.NANO_OF_SECOND) % (int) Math.pow(10, 9 - Math.min(digits, 6)) != 0) {
      throw new DateTimeException("finer than the type");
    }
    return time;
  }

  private static String uuid(String value) {
    try {
      String canonical = UUID.fromString(value).toString();
      if (canonical.equalsIgnoreCase(value)) {
        return canonical;
      }
    } catch (IllegalArgumentException e) {
      // Told below, as for a short form that Java would fill up.
    }
    throw new NumberFormatException();
  }

  private static String matching(String value, Pattern form) {
    if (!form.matcher(value).matches()) {
      throw new NumberFormatException();
    }
    return value;
  }

  private static IllegalArgumentException none(String value, TargetType type) {
    return new IllegalArgumentException(
        "\"" + value + "\" is no value of " + type + ", or would be rounded");
  }
}

package dev.landfall.transforms.expr;

import dev.landfall.transforms.types.form.TextArrayForm;
import dev.landfall.transforms.value.HexDigits;
import dev.landfall.transforms.value.ValueBuffer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values of expressions from PostgreSQL's text form, and back. */
final class Values {
  /** What a decimal has at most: nobody means more, and products must not grow without end. */
  static final int MAX_DIGITS = 1000;

  /** Characters of a text that is made; a column's own may have more. */
  static final int MAX_TEXT = 8 << 20;

  private static final int DATE_LENGTH = "2026-01-31".length();
  private static final int SECONDS_LENGTH = "2026-01-31 12:00:00".length();
  private static final int MICRO_DIGITS = 6;
  private static final int NANO_DIGITS = 9;

  private Values() {}

  /** Reads a column's text. */
  static Object read(Type type, String text) throws EvaluationException {
    try {
      return switch (type.kind()) {
        case BOOL -> bool(text);
        case INT -> Long.parseLong(text);
        case DECIMAL -> decimal(text);
        case DOUBLE -> approximate(text);
        case STRING, NULL -> text;
        case BYTES -> bytes(text);
        case DATE -> date(text);
        case TIMESTAMP -> timestamp(text, text.length());
        case INSTANT -> instant(text);
        case LIST -> list(text);
      };
    } catch (NumberFormatException | DateTimeException e) {
      throw new EvaluationException("\"" + shortened(text) + "\" is not " + type.words());
    }
  }

  private static Boolean bool(String text) {
    return switch (text) {
      case "t", "1", "true" -> true;
      case "f", "0", "false" -> false;
      default -> throw new NumberFormatException();
    };
  }

  static BigDecimal decimal(String text) {
    BigDecimal number = text.length() > 2 * MAX_DIGITS ? null : new BigDecimal(text);
    if (number == null || Math.abs((long) number.scale()) > MAX_DIGITS) {
      throw new NumberFormatException();
    }
    return number;
  }

  /** Java also knows hexadecimal numbers, letters behind a number, and blanks around it. */
  private static Double approximate(String text) {
    boolean plain = !text.isEmpty();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      plain &= (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
    }
    if (!plain && !text.equals("NaN") && !text.equals("Infinity") && !text.equals("-Infinity")) {
      throw new NumberFormatException();
    }
    return Double.parseDouble(text);
  }

  private static byte[] bytes(String text) {
    byte[] digits = text.getBytes(StandardCharsets.UTF_8);
    ValueBuffer out = new ValueBuffer();
    if (!text.startsWith("\\x")
        || digits.length % 2 != 0
        || !HexDigits.append(digits, 2, digits.length, out)) {
      throw new NumberFormatException();
    }
    return Arrays.copyOf(out.array(), out.length());
  }

  static LocalDate date(String text) {
    if (text.length() != DATE_LENGTH || text.charAt(4) != '-' || text.charAt(7) != '-') {
      throw new NumberFormatException();
    }
    int year = digits(text, 0, 4);
    if (year == 0) {
      throw new NumberFormatException();
    }
    return LocalDate.of(year, digits(text, 5, 7), digits(text, 8, DATE_LENGTH));
  }

  /** A date alone is midnight. */
  static LocalDateTime timestamp(String text, int end) {
    if (end == DATE_LENGTH) {
      return date(text.substring(0, end)).atStartOfDay();
    }
    if (end < SECONDS_LENGTH
        || (text.charAt(10) != ' ' && text.charAt(10) != 'T')
        || text.charAt(13) != ':'
        || text.charAt(16) != ':') {
      throw new NumberFormatException();
    }
    int nanos = 0;
    if (end > SECONDS_LENGTH) {
      int count = end - SECONDS_LENGTH - 1;
      if (text.charAt(SECONDS_LENGTH) != '.' || count == 0 || count > MICRO_DIGITS) {
        throw new NumberFormatException();
      }
      nanos = digits(text, SECONDS_LENGTH + 1, end);
      for (int i = count; i < NANO_DIGITS; i++) {
        nanos *= 10;
      }
    }
    return date(text.substring(0, DATE_LENGTH))
        .atTime(digits(text, 11, 13), digits(text, 14, 16), digits(text, 17, 19), nanos);
  }

  /** Sessions print moments in UTC. */
  static LocalDateTime instant(String text) {
    int end =
        text.endsWith("+00")
            ? text.length() - 3
            : text.endsWith("Z") ? text.length() - 1 : text.length();
    return timestamp(text, end);
  }

  private static int digits(String text, int start, int end) {
    int number = 0;
    for (int i = start; i < end; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw new NumberFormatException();
      }
      number = number * 10 + digit;
    }
    return number;
  }

  private static List<@Nullable String> list(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ValueBuffer out = new ValueBuffer();
    if (!new TextArrayForm().append(bytes, 0, bytes.length, out)) {
      throw new NumberFormatException();
    }
    List<@Nullable String> elements = new ArrayList<>();
    for (int i = 0; i < out.length(); ) {
      int length = out.getIntLe(i);
      i += Integer.BYTES;
      elements.add(length < 0 ? null : new String(out.array(), i, length, StandardCharsets.UTF_8));
      i += Math.max(0, length);
    }
    return Collections.unmodifiableList(elements);
  }

  /** A value as PostgreSQL reads it for a column of {@link Type#pg}. */
  static String print(Type type, Object value) {
    return switch (type.kind()) {
      case BOOL -> (Boolean) value ? "t" : "f";
      case DECIMAL -> ((BigDecimal) value).toPlainString();
      case BYTES -> "\\x" + HexFormat.of().formatHex((byte[]) value);
      case TIMESTAMP -> text((LocalDateTime) value);
      case INSTANT -> text((LocalDateTime) value) + "+00";
      case LIST ->
          ((List<?>) value)
              .stream()
                  .map(element -> element == null ? "NULL" : quoted((String) element))
                  .collect(Collectors.joining(",", "{", "}"));
      case DOUBLE -> DoubleText.of((Double) value);
      case INT, STRING, DATE, NULL -> value.toString();
    };
  }

  private static String quoted(String element) {
    return "\"" + element.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /** With the digits of a fraction that count, microseconds at most. */
  static String text(LocalDateTime value) {
    StringBuilder out = new StringBuilder(26).append(value.toLocalDate()).append(' ');
    pair(out, value.getHour()).append(':');
    pair(out, value.getMinute()).append(':');
    pair(out, value.getSecond());
    int micros = value.getNano() / 1000;
    if (micros > 0) {
      String digits = Integer.toString(1_000_000 + micros).substring(1);
      int end = digits.length();
      while (digits.charAt(end - 1) == '0') {
        end--;
      }
      out.append('.').append(digits, 0, end);
    }
    return out.toString();
  }

  private static StringBuilder pair(StringBuilder out, int number) {
    return (number < 10 ? out.append('0') : out).append(number);
  }

  /** A value for a message. */
  static String shortened(String text) {
    int shown = 60;
    return text.length() <= shown
        ? text
        : text.substring(0, Character.isHighSurrogate(text.charAt(shown - 1)) ? shown - 1 : shown)
            + "…";
  }
}

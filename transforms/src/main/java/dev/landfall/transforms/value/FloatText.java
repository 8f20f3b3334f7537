package dev.landfall.transforms.value;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import ch.randelshofer.fastdoubleparser.JavaFloatParser;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the texts of floating point numbers, correctly rounded. A number out of the type's range is
 * none: PostgreSQL refuses such a text.
 */
public final class FloatText {
  private FloatText() {}

  /** The value of a finite double; NaN for any other text. */
  public static double doubleOf(byte[] text, int start, int end) {
    if (!isNumber(text, start, end)) {
      return Double.NaN;
    }
    try {
      double value = JavaDoubleParser.parseDouble(text, start, end - start);
      boolean outOfRange = Double.isInfinite(value) || (value == 0 && isNonZero(text, start, end));
      return outOfRange ? Double.NaN : value;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** The value of a finite float; NaN for any other text. */
  public static float floatOf(byte[] text, int start, int end) {
    if (!isNumber(text, start, end)) {
      return Float.NaN;
    }
    try {
      float value = JavaFloatParser.parseFloat(text, start, end - start);
      boolean outOfRange = Float.isInfinite(value) || (value == 0 && isNonZero(text, start, end));
      return outOfRange ? Float.NaN : value;
    } catch (NumberFormatException e) {
      return Float.NaN;
    }
  }

  /** Whether the text ends like a number, not like {@code NaN}, {@code Infinity} or {@code 1d}. */
  private static boolean isNumber(byte[] text, int start, int end) {
    return end > start && (text[end - 1] <= '9' && (text[end - 1] >= '0' || text[end - 1] == '.'));
  }

  /** Whether a digit other than 0 is in front of the exponent. */
  private static boolean isNonZero(byte[] text, int start, int end) {
    for (int i = start; i < end && text[i] != 'e' && text[i] != 'E'; i++) {
      if (text[i] >= '1' && text[i] <= '9') {
        return true;
      }
    }
    return false;
  }

  /** The value of a word; null when it is none. */
  public static @Nullable Double special(byte[] text, int start, int end) {
    String word = new String(text, start, end - start, StandardCharsets.UTF_8);
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "nan" -> Double.NaN;
      case "infinity", "+infinity", "inf", "+inf" -> Double.POSITIVE_INFINITY;
      case "-infinity", "-inf" -> Double.NEGATIVE_INFINITY;
      default -> null;
    };
  }
}

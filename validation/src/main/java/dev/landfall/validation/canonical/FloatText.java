package dev.landfall.validation.canonical;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the two floating point forms have in common. */
final class FloatText {
  private FloatText() {}

  /** Whether the text ends like a number, not like {@code NaN}, {@code Infinity} or {@code 1d}. */
  static boolean isNumber(byte[] text, int start, int end) {
    return end > start && (text[end - 1] <= '9' && (text[end - 1] >= '0' || text[end - 1] == '.'));
  }

  /** Whether a digit other than 0 is in front of the exponent. */
  static boolean isNonZero(byte[] text, int start, int end) {
    for (int i = start; i < end && text[i] != 'e' && text[i] != 'E'; i++) {
      if (text[i] >= '1' && text[i] <= '9') {
        return true;
      }
    }
    return false;
  }

  /** The value of a word; null when it is none. */
  static @Nullable Double special(byte[] text, int start, int end) {
    String word = new String(text, start, end - start, StandardCharsets.UTF_8);
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "nan" -> Double.NaN;
      case "infinity", "+infinity", "inf", "+inf" -> Double.POSITIVE_INFINITY;
      case "-infinity", "-inf" -> Double.NEGATIVE_INFINITY;
      default -> null;
    };
  }
}

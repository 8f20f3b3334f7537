package dev.landfall.transforms.expr;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;

/** Doubles as PostgreSQL prints them, whatever this machine's Java would print. */
final class DoubleText {
  /** From this power of ten on, and below the other one, an exponent is written. */
  private static final int LARGE = 15;

  private static final int SMALL = -4;

  private DoubleText() {}

  /** The fewest digits that tell it from all other doubles. */
  static String shortest(double number) {
    return NumberOutput.toString(number, /* useFastWriter= */ true);
  }

  static String of(double number) {
    if (!Double.isFinite(number) || number == 0) {
      return Double.isNaN(number)
          ? "NaN"
          : number == 0 ? 1 / number < 0 ? "-0" : "0" : number > 0 ? "Infinity" : "-Infinity";
    }
    BigDecimal decimal = new BigDecimal(shortest(number)).stripTrailingZeros();
    int exponent = decimal.precision() - decimal.scale() - 1;
    if (exponent >= SMALL && exponent < LARGE) {
      return decimal.toPlainString();
    }
    String digits = decimal.unscaledValue().abs().toString();
    return (number < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }
}

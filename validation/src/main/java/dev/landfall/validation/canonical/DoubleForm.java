package dev.landfall.validation.canonical;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;

/**
 * double precision by its IEEE value, however many digits or what exponent a server prints. As in
 * PostgreSQL (manual 8.1.3) {@code -0} equals {@code 0} and NaN equals NaN.
 */
final class DoubleForm implements CanonicalForm {
  @Override
  public boolean append(byte[] text, int start, int end, CanonicalBuffer out) {
    double value;
    if (FloatText.isNumber(text, start, end)) {
      try {
        value = JavaDoubleParser.parseDouble(text, start, end - start);
      } catch (NumberFormatException e) {
        return false;
      }
      // Out of the type's range: PostgreSQL refuses such a text, so it is no value of the type.
      if (Double.isInfinite(value) || (value == 0 && FloatText.isNonZero(text, start, end))) {
        return false;
      }
    } else {
      Double special = FloatText.special(text, start, end);
      if (special == null) {
        return false;
      }
      value = special;
    }
    out.putLong(value == 0 ? 0 : Double.doubleToLongBits(value));
    return true;
  }
}

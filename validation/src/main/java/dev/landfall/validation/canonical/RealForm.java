package dev.landfall.validation.canonical;

import ch.randelshofer.fastdoubleparser.JavaFloatParser;

/**
 * real by its IEEE value: the source prints the digits of a double, which are rounded back. As in
 * PostgreSQL (manual 8.1.3) {@code -0} equals {@code 0} and NaN equals NaN.
 */
final class RealForm implements CanonicalForm {
  @Override
  public boolean append(byte[] text, int start, int end, CanonicalBuffer out) {
    float value;
    if (FloatText.isNumber(text, start, end)) {
      try {
        value = JavaFloatParser.parseFloat(text, start, end - start);
      } catch (NumberFormatException e) {
        return false;
      }
      // Out of the type's range: PostgreSQL refuses such a text, so it is no value of the type.
      if (Float.isInfinite(value) || (value == 0 && FloatText.isNonZero(text, start, end))) {
        return false;
      }
    } else {
      Double special = FloatText.special(text, start, end);
      if (special == null) {
        return false;
      }
      value = special.floatValue();
    }
    out.putInt(value == 0 ? 0 : Float.floatToIntBits(value));
    return true;
  }
}

package dev.landfall.transforms.types.form;

import dev.landfall.transforms.value.FloatText;
import dev.landfall.transforms.value.ValueBuffer;

/**
 * double precision by its IEEE value, however many digits or what exponent a server prints. As in
 * PostgreSQL (manual 8.1.3) {@code -0} equals {@code 0} and NaN equals NaN.
 */
public final class DoubleForm implements CanonicalForm {
  @Override
  public boolean append(byte[] text, int start, int end, ValueBuffer out) {
    double value = FloatText.doubleOf(text, start, end);
    if (Double.isNaN(value)) {
      Double special = FloatText.special(text, start, end);
      if (special == null) {
        return false;
      }
      value = special;
    }
    out.putLongLe(value == 0 ? 0 : Double.doubleToLongBits(value));
    return true;
  }
}

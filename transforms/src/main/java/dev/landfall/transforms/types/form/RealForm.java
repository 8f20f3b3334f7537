package dev.landfall.transforms.types.form;

import dev.landfall.transforms.value.FloatText;
import dev.landfall.transforms.value.ValueBuffer;

/**
 * real by its IEEE value: the source prints the digits of a double, which are rounded back. As in
 * PostgreSQL (manual 8.1.3) {@code -0} equals {@code 0} and NaN equals NaN.
 */
public final class RealForm implements CanonicalForm {
  @Override
  public boolean append(byte[] text, int start, int end, ValueBuffer out) {
    float value = FloatText.floatOf(text, start, end);
    if (Float.isNaN(value)) {
      Double special = FloatText.special(text, start, end);
      if (special == null) {
        return false;
      }
      value = special.floatValue();
    }
    out.putIntLe(value == 0 ? 0 : Float.floatToIntBits(value));
    return true;
  }
}

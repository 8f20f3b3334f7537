package dev.landfall.transforms.types.form;

import dev.landfall.transforms.value.HexDigits;
import dev.landfall.transforms.value.ValueBuffer;

/** uuid: its sixteen bytes, whatever the case, hyphens or braces (PostgreSQL manual 8.12). */
public final class UuidForm implements CanonicalForm {
  private static final int DIGITS = 32;

  @Override
  public boolean append(byte[] text, int start, int end, ValueBuffer out) {
    boolean braces = end - start > 2 && text[start] == '{' && text[end - 1] == '}';
    int last = braces ? end - 1 : end;
    int digits = 0;
    int high = 0;
    for (int i = braces ? start + 1 : start; i < last; i++) {
      if (text[i] == '-' && digits % 4 == 0 && digits > 0 && digits < DIGITS) {
        continue;
      }
      int value = HexDigits.value(text[i]);
      if (value < 0 || digits == DIGITS) {
        return false;
      }
      if ((digits++ & 1) == 0) {
        high = value << 4;
      } else {
        out.put(high | value);
      }
    }
    return digits == DIGITS;
  }
}

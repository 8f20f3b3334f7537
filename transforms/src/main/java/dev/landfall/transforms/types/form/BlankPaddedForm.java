package dev.landfall.transforms.types.form;

import dev.landfall.transforms.value.ValueBuffer;

/** char(n): blanks at the end are padding and no part of the value (PostgreSQL manual 8.3). */
public final class BlankPaddedForm implements CanonicalForm {
  @Override
  public boolean append(byte[] text, int start, int end, ValueBuffer out) {
    int last = end;
    while (last > start && text[last - 1] == ' ') {
      last--;
    }
    out.put(text, start, last);
    return true;
  }
}

package dev.landfall.transforms.types.form;

import dev.landfall.transforms.value.ValueBuffer;

/** Integers: the digits without zeros before them or a plus. MySQL pads {@code zerofill} ones. */
public final class IntegerForm implements CanonicalForm {
  @Override
  public boolean append(byte[] text, int start, int end, ValueBuffer out) {
    int i = start;
    boolean negative = false;
    if (i < end && (text[i] == '-' || text[i] == '+')) {
      negative = text[i] == '-';
      i++;
    }
    if (i == end) {
      return false;
    }
    while (i < end - 1 && text[i] == '0') {
      i++;
    }
    for (int j = i; j < end; j++) {
      if (text[j] < '0' || text[j] > '9') {
        return false;
      }
    }
    if (negative && text[i] != '0') {
      out.put('-');
    }
    out.put(text, i, end);
    return true;
  }
}

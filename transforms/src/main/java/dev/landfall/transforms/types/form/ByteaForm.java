package dev.landfall.transforms.types.form;

import dev.landfall.transforms.value.HexDigits;
import dev.landfall.transforms.value.ValueBuffer;

/** bytea: the bytes themselves, from the hex format or the older escape format (manual 8.4). */
public final class ByteaForm implements CanonicalForm {
  @Override
  public boolean append(byte[] text, int start, int end, ValueBuffer out) {
    boolean hex = end - start >= 2 && text[start] == '\\' && text[start + 1] == 'x';
    if (!hex) {
      return appendEscaped(text, start, end, out);
    }
    return (end - start) % 2 == 0 && HexDigits.append(text, start + 2, end, out);
  }

  private static boolean appendEscaped(byte[] text, int start, int end, ValueBuffer out) {
    for (int i = start; i < end; i++) {
      if (text[i] != '\\') {
        out.put(text[i]);
      } else if (i + 1 < end && text[i + 1] == '\\') {
        out.put('\\');
        i++;
      } else if (i + 3 < end
          && isOctal(text[i + 1], '3')
          && isOctal(text[i + 2], '7')
          && isOctal(text[i + 3], '7')) {
        out.put((text[i + 1] - '0') << 6 | (text[i + 2] - '0') << 3 | (text[i + 3] - '0'));
        i += 3;
      } else {
        return false;
      }
    }
    return true;
  }

  private static boolean isOctal(byte digit, char highest) {
    return digit >= '0' && digit <= highest;
  }
}

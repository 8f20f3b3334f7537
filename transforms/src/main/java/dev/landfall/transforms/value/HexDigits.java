package dev.landfall.transforms.value;

import java.util.Arrays;

/** The values of hexadecimal digits. */
public final class HexDigits {
  /** For each byte its value as a digit, -1 when it is none. */
  private static final byte[] VALUES = new byte[256];

  static {
    Arrays.fill(VALUES, (byte) -1);
    for (int digit = 0; digit < 16; digit++) {
      VALUES[Character.toUpperCase(Character.forDigit(digit, 16))] = (byte) digit;
      VALUES[Character.forDigit(digit, 16)] = (byte) digit;
    }
  }

  private HexDigits() {}

  /** The value of the digit, negative when it is none. */
  public static int value(byte digit) {
    return VALUES[digit & 0xff];
  }

  /**
   * Appends the bytes that pairs of digits stand for.
   *
   * @return false when some are no digits, whatever was appended then
   */
  public static boolean append(byte[] text, int start, int end, ValueBuffer out) {
    out.room((end - start) / 2);
    byte[] array = out.array();
    int position = out.length();
    int wrong = 0;
    for (int i = start; i < end; i += 2) {
      int value = value(text[i]) << 4 | value(text[i + 1]);
      wrong |= value;
      array[position++] = (byte) value;
    }
    out.truncate(position);
    return wrong >= 0;
  }
}

package dev.landfall.transforms.types;

import dev.landfall.transforms.value.ValueBuffer;

/**
 * The binary form of numeric ({@code numeric_recv} in PostgreSQL's source): digits of base 10,000,
 * the place of the first, sign, and digits behind the point to be shown.
 */
final class BinaryNumeric {
  /** Longer numbers are rare, and PostgreSQL has limits that it knows best. */
  private static final int MAX_LENGTH = 1000;

  private static final int HEAD = 4 * Short.BYTES;
  private static final int POSITIVE = 0x0000;
  private static final int NEGATIVE = 0x4000;

  /** Decimal digits in one of base 10,000. */
  private static final int GROUP = 4;

  private BinaryNumeric() {}

  /** As {@link BinaryValue#append}: knows {@code -12.50}, and neither {@code 1e5} nor NaN. */
  static boolean append(byte[] text, int start, int end, ValueBuffer out) {
    boolean negative = start < end && text[start] == '-';
    int whole = negative ? start + 1 : start;
    if (whole == end || end - whole > MAX_LENGTH) {
      return false;
    }
    int point = whole;
    while (point < end && text[point] != '.') {
      point++;
    }
    int scale = Math.max(0, end - point - 1);
    if (point == whole && scale == 0) {
      return false;
    }
    while (whole < point && text[whole] == '0') {
      whole++;
    }
    int wholeGroups = (point - whole + GROUP - 1) / GROUP;
    int groups = wholeGroups + (scale + GROUP - 1) / GROUP;
    out.putInt(HEAD + groups * Short.BYTES);
    out.putShort(groups);
    out.putShort(wholeGroups - 1);
    out.putShort(negative ? NEGATIVE : POSITIVE);
    out.putShort(scale);
    return digits(text, whole, point - wholeGroups * GROUP, point, out)
        && (scale == 0 || digits(text, point + 1, point + 1, end, out));
  }

  /**
   * Appends groups of four digits.
   *
   * @param start the first digit that there is
   * @param first where the first group begins, at or before it
   * @param end where the digits end; what the last group lacks is zeros
   */
  private static boolean digits(byte[] text, int start, int first, int end, ValueBuffer out) {
    for (int group = first; group < end; group += GROUP) {
      int value = 0;
      for (int i = group; i < group + GROUP; i++) {
        int digit = i < start || i >= end ? 0 : text[i] - '0';
        if (digit < 0 || digit > 9) {
          return false;
        }
        value = value * 10 + digit;
      }
      out.putShort(value);
    }
    return true;
  }
}

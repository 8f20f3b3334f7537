package dev.landfall.validation.canonical;

/**
 * The quick way for dates and timestamps in the form that nearly all have: {@code 2024-02-28} and
 * {@code 2024-02-28 23:59:59.999999}, the latter with {@code +00} or without. Says nothing of any
 * other text, which is then {@link TemporalText}'s, and of what it knows just the same as that.
 *
 * <p>Written for the JVM's first compiler, which keeps neither fields nor array lengths at hand: it
 * takes a third of the time.
 */
final class RegularDateTime {
  /** No text of those, or none that is seen to be one. No date is so long ago. */
  static final long IRREGULAR = Long.MIN_VALUE;

  /** How long a date is, and a timestamp without fraction and zone. */
  static final int DATE_LENGTH = 10;

  private static final int SECONDS_LENGTH = 19;
  private static final int MAX_FRACTION_DIGITS = 6;

  /** In any year; the 29th of February is left to the other way. */
  private static final int[] MONTH_DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  /** Days before each month in a year that begins with March. */
  private static final int[] DAYS_BEFORE = {306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275};

  /** From 0000-03-01 to 1970-01-01. */
  private static final int EPOCH = 719_468;

  private static final int[] FRACTION_UNITS = {1_000_000, 100_000, 10_000, 1_000, 100, 10, 1};

  private RegularDateTime() {}

  /** Days since 1970 of the date in the ten bytes from there. */
  static long days(byte[] text, int start) {
    if (text[start + 4] != '-' || text[start + 7] != '-') {
      return IRREGULAR;
    }
    int y1 = text[start] - '0';
    int y2 = text[start + 1] - '0';
    int y3 = text[start + 2] - '0';
    int y4 = text[start + 3] - '0';
    int m1 = text[start + 5] - '0';
    int m2 = text[start + 6] - '0';
    int d1 = text[start + 8] - '0';
    int d2 = text[start + 9] - '0';
    // The sign is set when any is less than 0 or more than 9.
    int low = y1 | y2 | y3 | y4 | m1 | m2 | d1 | d2;
    int high = (9 - y1) | (9 - y2) | (9 - y3) | (9 - y4) | (9 - m2) | (9 - d2);
    int year = y1 * 1000 + y2 * 100 + y3 * 10 + y4;
    int month = m1 * 10 + m2;
    int day = d1 * 10 + d2;
    if ((low | high | (year - 1) | (month - 1) | (12 - month) | (day - 1)) < 0
        || day > MONTH_DAYS[month - 1]) {
      return IRREGULAR;
    }
    int shifted = month <= 2 ? year - 1 : year;
    // A hundredth, exact for years of four digits, without a division.
    int centuries = (shifted * 5243) >> 19;
    int days =
        365 * shifted
            + (shifted >> 2)
            - centuries
            + (centuries >> 2)
            + DAYS_BEFORE[month - 1]
            + day
            - 1
            - EPOCH;
    return days;
  }

  /** Microseconds since 1970 of a timestamp. */
  static long micros(byte[] text, int start, int end) {
    if (end - start < SECONDS_LENGTH) {
      return IRREGULAR;
    }
    long days = days(text, start);
    if (days == IRREGULAR
        || text[start + 10] != ' '
        || text[start + 13] != ':'
        || text[start + 16] != ':') {
      return IRREGULAR;
    }
    int h1 = text[start + 11] - '0';
    int h2 = text[start + 12] - '0';
    int m1 = text[start + 14] - '0';
    int m2 = text[start + 15] - '0';
    int s1 = text[start + 17] - '0';
    int s2 = text[start + 18] - '0';
    int hour = h1 * 10 + h2;
    int low = h1 | h2 | m1 | m2 | s1 | s2;
    int high = (9 - h2) | (9 - m2) | (9 - s2) | (5 - m1) | (5 - s1) | (23 - hour);
    if ((low | high) < 0) {
      return IRREGULAR;
    }
    int last = end;
    if (text[end - 3] == '+' && text[end - 2] == '0' && text[end - 1] == '0') {
      last -= 3;
    }
    int fraction = 0;
    int position = start + SECONDS_LENGTH;
    if (position != last) {
      int digits = last - position - 1;
      if (text[position] != '.' || digits < 1 || digits > MAX_FRACTION_DIGITS) {
        return IRREGULAR;
      }
      while (++position < last) {
        int digit = text[position] - '0';
        if (digit < 0 || digit > 9) {
          return IRREGULAR;
        }
        fraction = fraction * 10 + digit;
      }
      fraction *= FRACTION_UNITS[digits];
    }
    int seconds = (hour * 60 + m1 * 10 + m2) * 60 + s1 * 10 + s2;
    return (days * 86_400 + seconds) * TemporalText.MICROS_PER_SECOND + fraction;
  }
}

package dev.landfall.transforms.value;

/**
 * Reads dates and times in the form that nearly all have: {@code 2024-02-28} and {@code
 * 23:59:59.999999}, both with a blank in between, and that with {@code +00} or without. Says
 * nothing of any other text.
 *
 * <p>Written for the JVM's first compiler, which keeps neither fields nor array lengths at hand: it
 * takes a third of the time.
 */
public final class RegularDateTime {
  /** No text of those, or none that is seen to be one. No date is so long ago. */
  public static final long IRREGULAR = Long.MIN_VALUE;

  /** How long a date is, and a timestamp without fraction and zone. */
  public static final int DATE_LENGTH = 10;

  private static final int TIME_LENGTH = 8;
  private static final int SECONDS_LENGTH = DATE_LENGTH + 1 + TIME_LENGTH;
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;
  private static final int MAX_FRACTION_DIGITS = 6;

  /** Without the leap day. */
  private static final int[] MONTH_DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  /** Days before each month in a year that begins with March. */
  private static final int[] DAYS_BEFORE = {306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275};

  /** From 0000-03-01 to 1970-01-01. */
  private static final int EPOCH = 719_468;

  private static final int[] FRACTION_UNITS = {1_000_000, 100_000, 10_000, 1_000, 100, 10, 1};

  private RegularDateTime() {}

  /** Days since 1970 of the date in the ten bytes from there. */
  public static long days(byte[] text, int start) {
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
        || (day > MONTH_DAYS[month - 1] && !(day == 29 && month == 2 && isLeap(year)))) {
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
  public static long micros(byte[] text, int start, int end) {
    if (end - start < SECONDS_LENGTH) {
      return IRREGULAR;
    }
    long days = days(text, start);
    if (days == IRREGULAR || text[start + DATE_LENGTH] != ' ') {
      return IRREGULAR;
    }
    int last = end;
    if (text[end - 3] == '+' && text[end - 2] == '0' && text[end - 1] == '0') {
      last -= 3;
    }
    long time = timeMicros(text, start + DATE_LENGTH + 1, last);
    return time == IRREGULAR ? IRREGULAR : days * MICROS_PER_DAY + time;
  }

  /** Microseconds since midnight of a time before 24:00. */
  public static long timeMicros(byte[] text, int start, int end) {
    if (end - start < TIME_LENGTH || text[start + 2] != ':' || text[start + 5] != ':') {
      return IRREGULAR;
    }
    int h1 = text[start] - '0';
    int h2 = text[start + 1] - '0';
    int m1 = text[start + 3] - '0';
    int m2 = text[start + 4] - '0';
    int s1 = text[start + 6] - '0';
    int s2 = text[start + 7] - '0';
    int hour = h1 * 10 + h2;
    int low = h1 | h2 | m1 | m2 | s1 | s2;
    int high = (9 - h2) | (9 - m2) | (9 - s2) | (5 - m1) | (5 - s1) | (23 - hour);
    if ((low | high) < 0) {
      return IRREGULAR;
    }
    int fraction = 0;
    int position = start + TIME_LENGTH;
    if (position != end) {
      int digits = end - position - 1;
      if (text[position] != '.' || digits < 1 || digits > MAX_FRACTION_DIGITS) {
        return IRREGULAR;
      }
      while (++position < end) {
        int digit = text[position] - '0';
        if (digit < 0 || digit > 9) {
          return IRREGULAR;
        }
        fraction = fraction * 10 + digit;
      }
      fraction *= FRACTION_UNITS[digits];
    }
    int seconds = (hour * 60 + m1 * 10 + m2) * 60 + s1 * 10 + s2;
    return seconds * MICROS_PER_SECOND + fraction;
  }

  private static boolean isLeap(int year) {
    return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
  }
}

package dev.landfall.transforms.types.form;

/**
 * Reads dates and times of day as MySQL and PostgreSQL (ISO style) print them, from a position
 * onwards. After a method returned false nothing else may be asked. Not thread-safe.
 */
final class TemporalText {
  static final long MICROS_PER_SECOND = 1_000_000;
  static final long MICROS_PER_HOUR = 3600 * MICROS_PER_SECOND;
  static final long MICROS_PER_DAY = 24 * MICROS_PER_HOUR;

  /** PostgreSQL's timestamps end in the year 294276. */
  private static final int MAX_YEAR_DIGITS = 6;

  private static final int[] MONTH_DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private byte[] text = {};
  private int position;
  private int end;

  private int year;
  private int month;
  private int day;
  private long timeMicros;
  private long zoneSeconds;

  /** Starts at that position. */
  void on(byte[] newText, int start, int newEnd) {
    text = newText;
    position = start;
    end = newEnd;
    timeMicros = 0;
    zoneSeconds = 0;
  }

  /** Whether everything is read. */
  boolean atEnd() {
    return position == end;
  }

  /** Steps over that byte if it is the next. */
  boolean skip(char expected) {
    if (position < end && text[position] == expected) {
      position++;
      return true;
    }
    return false;
  }

  /** Reads {@code 2024-02-29}. */
  boolean date() {
    int start = position;
    int value = 0;
    while (position < end && isDigit(text[position]) && position - start < MAX_YEAR_DIGITS) {
      value = value * 10 + text[position++] - '0';
    }
    year = value;
    if (position - start < 4 || !skip('-')) {
      return false;
    }
    month = two();
    if (month < 1 || month > 12 || !skip('-')) {
      return false;
    }
    day = two();
    return day >= 1 && day <= 31 && year > 0;
  }

  /** Reads {@code 23:59}, {@code 23:59:59} or {@code 23:59:59.999999}. */
  boolean time() {
    int hour = two();
    if (hour < 0 || hour > 24 || !skip(':')) {
      return false;
    }
    int minute = two();
    if (minute < 0 || minute > 59) {
      return false;
    }
    int second = 0;
    if (skip(':')) {
      second = two();
      if (second < 0 || second > 60) {
        return false;
      }
    }
    timeMicros = hour * MICROS_PER_HOUR + (minute * 60 + second) * MICROS_PER_SECOND;
    if (skip('.')) {
      long fraction = fraction();
      if (fraction < 0) {
        return false;
      }
      timeMicros += fraction;
    }
    return timeMicros <= MICROS_PER_DAY;
  }

  /** Microseconds from the digits behind a decimal point; -1 when there is more than those. */
  long fraction() {
    long micros = 0;
    long unit = MICROS_PER_SECOND / 10;
    while (position < end && isDigit(text[position])) {
      int digit = text[position++] - '0';
      if (unit == 0 && digit != 0) {
        return -1;
      }
      micros += digit * unit;
      unit /= 10;
    }
    return micros;
  }

  /** Reads {@code +00}, {@code -03:30}, {@code +05:53:28}, {@code Z}, or nothing. */
  boolean zone() {
    if (position == end || skip('Z') || skip('z')) {
      return true;
    }
    boolean west = text[position] == '-';
    if (!west && text[position] != '+') {
      return true;
    }
    position++;
    int hours = two();
    int minutes = skip(':') ? two() : 0;
    int seconds = skip(':') ? two() : 0;
    if (hours < 0 || minutes < 0 || seconds < 0) {
      return false;
    }
    zoneSeconds = (hours * 60L + minutes) * 60 + seconds;
    zoneSeconds = west ? -zoneSeconds : zoneSeconds;
    return true;
  }

  /** Reads the {@code BC} that may end a date, and says whether that was all and is a date. */
  boolean era() {
    if (position < end) {
      if (end - position != 3 || !skip(' ') || text[position++] != 'B' || text[position++] != 'C') {
        return false;
      }
      year = 1 - year;
    }
    return day <= MONTH_DAYS[month - 1] || (month == 2 && day == 29 && isLeap(year));
  }

  /** The date's days since 1970-01-01 in the proleptic Gregorian calendar, as PostgreSQL counts. */
  long days() {
    // March comes first, so that the leap day is the last of its year.
    long shifted = month <= 2 ? year - 1L : year;
    long era = Math.floorDiv(shifted, 400L);
    long yearOfEra = shifted - era * 400;
    long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097 + dayOfEra - 719_468;
  }

  /** The time of day in microseconds. */
  long timeMicros() {
    return timeMicros;
  }

  /** How far local time is ahead of UTC. */
  long zoneMicros() {
    return zoneSeconds * MICROS_PER_SECOND;
  }

  private int two() {
    if (end - position < 2) {
      return -1;
    }
    int high = text[position] - '0';
    int low = text[position + 1] - '0';
    position += 2;
    return (high | low) < 0 || high > 9 || low > 9 ? -1 : high * 10 + low;
  }

  private static boolean isLeap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}

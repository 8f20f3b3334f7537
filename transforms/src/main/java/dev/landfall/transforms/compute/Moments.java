package dev.landfall.transforms.compute;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;

/** Reads dates and times in PostgreSQL's text form. */
final class Moments {
  private static final int DATE_LENGTH = "2024-02-29".length();
  private static final int TIME_LENGTH = "12:34:56".length();
  private static final int NANO_DIGITS = 9;

  private Moments() {}

  /** Whether it is a time of day without a day. */
  static boolean isTime(String text) {
    return text.length() > 2 && text.charAt(2) == ':';
  }

  /**
   * The day of a date or timestamp.
   *
   * @throws UnfitException when there is no such day
   */
  static LocalDate date(String text) throws UnfitException {
    if (text.length() >= DATE_LENGTH && text.charAt(4) == '-' && text.charAt(7) == '-') {
      int year = number(text, 0, 4);
      int month = number(text, 5, 2);
      int day = number(text, 8, 2);
      if (year > 0 && month > 0 && day > 0) {
        try {
          return LocalDate.of(year, month, day);
        } catch (DateTimeException e) {
          // Told below.
        }
      }
    }
    throw new UnfitException("\"" + text + "\" is no date");
  }

  /**
   * The time of day of a time or timestamp; what is behind the fraction of the second, which is
   * UTC, does not count.
   *
   * @throws UnfitException when there is no such time
   */
  static LocalTime time(String text) throws UnfitException {
    int start = isTime(text) ? 0 : DATE_LENGTH + 1;
    if (start > 0 && text.length() == DATE_LENGTH) {
      return LocalTime.MIDNIGHT;
    }
    int end = start + TIME_LENGTH;
    if (text.length() >= end && text.charAt(start + 2) == ':' && text.charAt(start + 5) == ':') {
      int hour = number(text, start, 2);
      int minute = number(text, start + 3, 2);
      int second = number(text, start + 6, 2);
      if (hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60) {
        return LocalTime.of(hour, minute, second, nanos(text, end));
      }
    }
    throw new UnfitException("\"" + text + "\" is no time of day");
  }

  private static int nanos(String text, int point) {
    if (point >= text.length() || text.charAt(point) != '.') {
      return 0;
    }
    int nanos = 0;
    int digits = 0;
    for (int i = point + 1; i < text.length() && digits < NANO_DIGITS; i++, digits++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      nanos = nanos * 10 + digit;
    }
    for (; digits < NANO_DIGITS; digits++) {
      nanos *= 10;
    }
    return nanos;
  }

  /** The number that some digits are; -1 when one of them is none. */
  private static int number(String text, int start, int digits) {
    int number = 0;
    for (int i = start; i < start + digits; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}

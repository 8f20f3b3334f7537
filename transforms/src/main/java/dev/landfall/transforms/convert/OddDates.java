package dev.landfall.transforms.convert;

import dev.landfall.transforms.model.OddValue;
import org.jspecify.annotations.Nullable;

/** Dates that MySQL stores and PostgreSQL does not know, as the source prints them. */
final class OddDates {
  private static final int DATE = 10;

  private OddDates() {}

  /** Month or day 00, as in 0000-00-00, 2009-00-12, 2009-12-00 (MySQL manual 11.2). */
  static boolean isZeroOrPartial(byte[] bytes, int start, int end) {
    if (end - start < DATE) {
      return false;
    }
    return (bytes[start + 5] == '0' && bytes[start + 6] == '0')
        || (bytes[start + 8] == '0' && bytes[start + 9] == '0');
  }

  /** What is odd about a date, or a date and time; null for a day that PostgreSQL knows. */
  static @Nullable OddValue of(byte[] bytes, int start, int end) {
    if (end - start < DATE || bytes[start + 4] != '-' || bytes[start + 7] != '-') {
      return null;
    }
    int year = number(bytes, start, 4);
    int month = number(bytes, start + 5, 2);
    int day = number(bytes, start + 8, 2);
    if (year < 0 || month < 0 || day < 0) {
      return null;
    }
    if (month == 0 || day == 0) {
      boolean zero = year == 0 && month == 0 && day == 0 && isMidnight(bytes, start + DATE, end);
      return zero ? OddValue.ZERO_DATE : OddValue.PARTIAL_DATE;
    }
    if (month > 12 || day > days(year, month)) {
      return OddValue.IMPOSSIBLE_DATE;
    }
    return year == 0 ? OddValue.OUT_OF_RANGE : null;
  }

  /** Whether behind the date there is nothing, or a time of nothing but zeros. */
  static boolean isMidnight(byte[] bytes, int start, int end) {
    for (int i = start; i < end; i++) {
      if (bytes[i] >= '1' && bytes[i] <= '9') {
        return false;
      }
    }
    return true;
  }

  private static int days(int year, int month) {
    return switch (month) {
      case 4, 6, 9, 11 -> 30;
      case 2 -> (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
      default -> 31;
    };
  }

  private static int number(byte[] bytes, int start, int digits) {
    int number = 0;
    for (int i = start; i < start + digits; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}

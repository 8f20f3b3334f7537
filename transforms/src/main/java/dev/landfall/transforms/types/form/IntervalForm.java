package dev.landfall.transforms.types.form;

import dev.landfall.transforms.value.ValueBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * interval: whole days and microseconds, a month being 30 days and a day 24 hours, which is how
 * PostgreSQL compares ({@code interval_cmp_value}). Takes MySQL's {@code -838:59:59.000000} and
 * PostgreSQL's style {@code postgres}: {@code 1 year 2 mons -3 days -04:05:06.7}.
 */
public final class IntervalForm implements CanonicalForm {
  /** So many hours of microseconds fit a long; PostgreSQL's range ends there too. */
  private static final long MAX_HOURS = Long.MAX_VALUE / TemporalText.MICROS_PER_HOUR - 1;

  /** PostgreSQL's months and days are four-byte integers. */
  private static final int MAX_DIGITS = 10;

  private final TemporalText fractions = new TemporalText();

  @Override
  public boolean append(byte[] text, int start, int end, ValueBuffer out) {
    long days = 0;
    long micros = 0;
    int i = skipBlanks(text, start, end);
    if (i == end) {
      return false;
    }
    while (i < end) {
      boolean negative = text[i] == '-';
      if (negative || text[i] == '+') {
        i++;
      }
      int digits = i;
      long value = 0;
      while (i < end && isDigit(text[i]) && i - digits <= MAX_DIGITS) {
        value = value * 10 + text[i++] - '0';
      }
      if (i == digits || i - digits > MAX_DIGITS || i == end) {
        return false;
      }
      if (text[i] == ':') {
        long time = value > MAX_HOURS ? -1 : time(text, i, end);
        if (time < 0) {
          return false;
        }
        time += value * TemporalText.MICROS_PER_HOUR;
        micros += negative ? -time : time;
        break;
      }
      i = skipBlanks(text, i, end);
      int unit = i;
      while (i < end && text[i] > ' ') {
        i++;
      }
      int daysPerUnit = daysPerUnit(text, unit, i);
      if (daysPerUnit == 0) {
        return false;
      }
      days += (negative ? -value : value) * daysPerUnit;
      i = skipBlanks(text, i, end);
    }
    out.putLongLe(days + Math.floorDiv(micros, TemporalText.MICROS_PER_DAY));
    out.putLongLe(Math.floorMod(micros, TemporalText.MICROS_PER_DAY));
    return true;
  }

  /** Minutes, seconds and fraction in {@code :59:59.999999}; negative when it is something else. */
  private long time(byte[] text, int colon, int end) {
    int i = colon;
    long seconds = 0;
    for (int unit = 60; unit >= 1 && i < end && text[i] == ':'; unit /= 60) {
      if (end - i < 3 || !isDigit(text[i + 1]) || !isDigit(text[i + 2]) || text[i + 1] > '5') {
        return -1;
      }
      seconds += ((text[i + 1] - '0') * 10 + text[i + 2] - '0') * (long) unit;
      i += 3;
    }
    long fraction = 0;
    if (i < end) {
      fractions.on(text, i, end);
      fraction = fractions.skip('.') ? fractions.fraction() : -1;
      if (fraction < 0 || !fractions.atEnd()) {
        return -1;
      }
    }
    return seconds * TemporalText.MICROS_PER_SECOND + fraction;
  }

  private static int daysPerUnit(byte[] text, int start, int end) {
    String unit = new String(text, start, end - start, StandardCharsets.UTF_8);
    return switch (unit.toLowerCase(Locale.ROOT)) {
      case "year", "years" -> 360;
      case "mon", "mons", "month", "months" -> 30;
      case "day", "days" -> 1;
      default -> 0;
    };
  }

  private static int skipBlanks(byte[] text, int start, int end) {
    int i = start;
    while (i < end && text[i] == ' ') {
      i++;
    }
    return i;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}

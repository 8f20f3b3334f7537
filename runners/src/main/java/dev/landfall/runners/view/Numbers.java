package dev.landfall.runners.view;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers as people read them: grouped, with no more digits than mean something. */
public final class Numbers {
  private static final long MEGABYTE = 1_000_000;

  private Numbers() {}

  /** {@code 1234567} as {@code 1,234,567}. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A count with its noun: {@code 1 table}, {@code 3,000 tables}. */
  public static String count(long value, String singular) {
    return count(value) + " " + singular + (value == 1 ? "" : "s");
  }

  /**
   * Per second, three digits that mean something: {@code 184,000}, {@code 93.4}; blank for none.
   */
  public static String rate(double perSecond) {
    if (!(perSecond > 0)) {
      return "";
    }
    if (perSecond < 100) {
      return String.format(Locale.ROOT, perSecond < 10 ? "%.1f" : "%.0f", perSecond);
    }
    double unit = Math.pow(10, Math.floor(Math.log10(perSecond)) - 2);
    return count(Math.round(Math.round(perSecond / unit) * unit));
  }

  /** Megabytes of 1,000,000 bytes, with one digit behind the point. */
  public static String megabytes(double bytes) {
    return String.format(Locale.ROOT, "%,.1f", bytes / MEGABYTE);
  }

  /** {@code 2026-03-01 10:00:00 UTC}. */
  public static String moment(Instant moment) {
    return MOMENT.format(moment);
  }

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** {@code 7s}, {@code 1:05}, {@code 2:03:00}, {@code 3d 4h}. */
  public static String duration(double seconds) {
    long whole = Math.max(0, Math.round(seconds));
    if (whole < 60) {
      return whole + "s";
    }
    if (whole < 3600) {
      return String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }
    if (whole < 48 * 3600) {
      return String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }
    return whole / 86_400 + "d " + whole / 3600 % 24 + "h";
  }
}

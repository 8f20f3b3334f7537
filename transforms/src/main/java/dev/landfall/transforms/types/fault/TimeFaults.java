package dev.landfall.transforms.types.fault;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Faults of dates and times, as PostgreSQL prints them in its ISO style. */
public final class TimeFaults {
  private static final Pattern SECONDS = Pattern.compile(":(\\d\\d)(?:\\.(\\d+))?(?=[^:\\d.]|$)");
  private static final Pattern HOUR = Pattern.compile("(?<!\\d)(\\d\\d):\\d\\d:");
  private static final Pattern LONG_SPAN = Pattern.compile("(\\d+):(\\d\\d:\\d\\d(?:\\.\\d+)?)");

  private TimeFaults() {}

  public static List<Fault> dates() {
    return List.of(
        Fault.of("one day", TimeFaults::otherDay), Fault.of("one year", TimeFaults::otherYear));
  }

  /** Of times with so many digits behind the second. */
  public static List<Fault> times(int digits) {
    String last = digits == 6 ? "one microsecond" : "last digit of the second";
    return List.of(
        Fault.of(last, text -> otherFraction(text, digits)),
        Fault.of("one hour", TimeFaults::otherHour));
  }

  public static List<Fault> spans(int digits) {
    return List.of(
        times(digits).get(0),
        Fault.of("sign", TimeFaults::sign),
        Fault.of("days for 24 hours", TimeFaults::days));
  }

  private static @Nullable String otherDay(String text) {
    LocalDate day = day(text);
    return day == null
        ? null
        : (day.getDayOfMonth() > 1 ? day.minusDays(1) : day.plusDays(1)).toString();
  }

  private static @Nullable String otherYear(String text) {
    LocalDate day = day(text);
    return day == null
        ? null
        : (day.getYear() > 1 ? day.minusYears(1) : day.plusYears(1)).toString();
  }

  private static @Nullable LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      // Infinities, and what is before Christ or after 9999.
      return null;
    }
  }

  private static @Nullable String otherFraction(String text, int digits) {
    Matcher seconds = SECONDS.matcher(text);
    if (!seconds.find()) {
      return null;
    }
    String fraction = seconds.group(2) == null ? "" : seconds.group(2);
    StringBuilder all = new StringBuilder(seconds.group(1) + fraction);
    while (all.length() < 2 + digits) {
      all.append('0');
    }
    int last = all.length() - 1;
    char digit = all.charAt(last);
    all.setCharAt(last, (char) (digit == '0' ? '1' : digit - 1));
    if (all.length() > 2) {
      all.insert(2, '.');
    }
    return text.substring(0, seconds.start()) + ":" + all + text.substring(seconds.end());
  }

  private static @Nullable String otherHour(String text) {
    Matcher hour = HOUR.matcher(text);
    if (!hour.find()) {
      return null;
    }
    int value = Integer.parseInt(hour.group(1));
    String other = String.format("%02d", value > 0 ? value - 1 : value + 1);
    return text.substring(0, hour.start(1)) + other + text.substring(hour.end(1));
  }

  /** PostgreSQL prints what MySQL's times become as one sign, hours, minutes and seconds. */
  private static @Nullable String sign(String text) {
    String span = text.startsWith("-") ? text.substring(1) : text;
    return LONG_SPAN.matcher(span).matches() && !span.matches("[0:.]*")
        ? text.startsWith("-") ? span : "-" + span
        : null;
  }

  private static @Nullable String days(String text) {
    Matcher span = LONG_SPAN.matcher(text);
    if (!span.matches()) {
      return null;
    }
    int hours = Integer.parseInt(span.group(1));
    return hours < 24
        ? null
        : hours / 24 + " days " + String.format("%02d", hours % 24) + ":" + span.group(2);
  }
}

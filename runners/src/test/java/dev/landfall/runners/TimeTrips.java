package dev.landfall.runners;

import java.util.ArrayList;
import java.util.List;

/**
 * Dates and times with each number of digits behind the second. The session that writes them is in
 * UTC.
 */
final class TimeTrips {
  private TimeTrips() {}

  static List<RoundTrip> all() {
    List<RoundTrip> all =
        new ArrayList<>(
            List.of(
                RoundTrip.of("date", "date")
                    .quoted("0001-01-01", "0009-12-04", "1000-01-01", "1582-10-10", "1970-01-01")
                    .quoted("2000-02-29", "9999-12-31")
                    .changed("'2024-02-29'", "2024-02-29", "v + 1")
                    .nullBecomes("'0001-01-01'"),
                RoundTrip.of("year", "smallint")
                    .row("0", "0")
                    .row("'0000'", "0")
                    .same("1901", "2000")
                    .row("'69'", "2069")
                    .row("'70'", "1970")
                    .row("'0'", "2000")
                    .changed("2155", "2155", "v - 1")));
    for (int digits = 0; digits <= 6; digits++) {
      all.add(datetime(digits));
      all.add(timestamp(digits));
      all.add(time(digits));
    }
    return all;
  }

  /** As PostgreSQL prints a fraction of so many nines, and of one unit in the last place. */
  private static String nines(int digits) {
    return digits == 0 ? "" : "." + "9".repeat(digits);
  }

  private static String least(int digits) {
    return digits == 0 ? "" : "." + "0".repeat(digits - 1) + "1";
  }

  private static String unit(int digits) {
    return "interval '" + (digits == 0 ? "1" : "0" + least(digits)) + " second'";
  }

  private static String declared(String type, int digits) {
    return digits == 0 ? type : type + "(" + digits + ")";
  }

  private static RoundTrip datetime(int digits) {
    return RoundTrip.of(declared("datetime", digits), "timestamp(" + digits + ") without time zone")
        .quoted("0001-01-01 00:00:00", "1000-01-01 00:00:00" + least(digits))
        .quoted("9999-12-31 23:59:59" + nines(digits))
        // Clocks went from 00:00 to 00:15 in Kathmandu, from 02:00 to 03:00 in Berlin, New York.
        .quoted("1986-01-01 00:05:00", "2021-03-28 02:30:00", "2021-03-14 02:30:00")
        .changed(
            "'2024-02-29 12:00:00" + least(digits) + "'",
            "2024-02-29 12:00:00" + least(digits),
            "v + " + unit(digits));
  }

  private static RoundTrip timestamp(int digits) {
    return RoundTrip.of(declared("timestamp", digits), "timestamp(" + digits + ") with time zone")
        .row("'1970-01-01 00:00:01'", "1970-01-01 00:00:01+00")
        .row(
            "'1970-01-01 00:00:01" + least(digits) + "'",
            "1970-01-01 00:00:01" + least(digits) + "+00")
        .row(
            "'2038-01-19 03:14:07" + nines(digits) + "'",
            "2038-01-19 03:14:07" + nines(digits) + "+00")
        .row("'1985-12-31 18:20:00'", "1985-12-31 18:20:00+00")
        // Before, in and after the hours that Berlin's clocks leave out and show twice.
        .row("'2021-03-28 00:59:59'", "2021-03-28 00:59:59+00")
        .row("'2021-03-28 01:30:00'", "2021-03-28 01:30:00+00")
        .row("'2021-10-31 00:30:00'", "2021-10-31 00:30:00+00")
        .row("'2021-10-31 01:30:00'", "2021-10-31 01:30:00+00")
        .changed(
            "'2024-02-29 12:00:00" + least(digits) + "'",
            "2024-02-29 12:00:00" + least(digits) + "+00",
            "v - " + unit(digits));
  }

  private static RoundTrip time(int digits) {
    return RoundTrip.of(declared("time", digits), "interval(" + digits + ")")
        .quoted("-838:59:59", "838:59:59", "00:00:00", "24:00:00", "-00:00:01")
        .quoted("12:34:56" + nines(digits), "-837:59:59" + nines(digits))
        .changed(
            "'00:00:00" + least(digits) + "'", "00:00:00" + least(digits), "v + " + unit(digits));
  }
}

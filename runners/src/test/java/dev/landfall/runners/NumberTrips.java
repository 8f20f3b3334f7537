package dev.landfall.runners;

import java.util.List;

/** Numbers and bits: both ends of each type, and its smallest step. */
final class NumberTrips {
  private static final String NINES_65 = "9".repeat(65);
  private static final String NINES_35_30 = "9".repeat(35) + "." + "9".repeat(30);

  private NumberTrips() {}

  static List<RoundTrip> all() {
    return List.of(
        RoundTrip.of("tinyint", "smallint").same("-128", "0").changed("127", "127", "v - 1"),
        RoundTrip.of("tinyint unsigned", "smallint").same("0").changed("255", "255", "v - 1"),
        RoundTrip.of("tinyint(3) unsigned zerofill", "smallint").same("0", "7", "255"),
        RoundTrip.of("tinyint(1)", "smallint").same("1", "0", "-1").changed("2", "2", "1"),
        RoundTrip.of("bool", "boolean").row("0", "f").changed("1", "t", "NOT v"),
        RoundTrip.of("smallint", "smallint").same("-32768", "0").changed("32767", "32767", "v - 1"),
        RoundTrip.of("smallint unsigned", "integer").same("0").changed("65535", "65535", "v - 1"),
        RoundTrip.of("smallint(5) unsigned zerofill", "integer").same("0", "42", "65535"),
        RoundTrip.of("mediumint", "integer")
            .same("-8388608", "0")
            .changed("8388607", "8388607", "v - 1"),
        RoundTrip.of("mediumint unsigned", "integer")
            .same("0")
            .changed("16777215", "16777215", "v - 1"),
        RoundTrip.of("mediumint(8) unsigned zerofill", "integer").same("0", "42", "16777215"),
        RoundTrip.of("int", "integer")
            .same("-2147483648", "0")
            .changed("2147483647", "2147483647", "v - 1"),
        RoundTrip.of("int unsigned", "bigint")
            .same("0")
            .changed("4294967295", "4294967295", "v - 1"),
        RoundTrip.of("int(10) unsigned zerofill", "bigint").same("0", "42", "4294967295"),
        RoundTrip.of("bigint", "bigint")
            .same("-9223372036854775808", "0", "9007199254740993")
            .changed("9223372036854775807", "9223372036854775807", "v - 1"),
        // Beyond bigint, so that no look at the values makes it one.
        RoundTrip.of("bigint unsigned", "numeric(20,0)")
            .same("0", "9223372036854775807", "9223372036854775808")
            .changed("18446744073709551615", "18446744073709551615", "v - 1"),
        RoundTrip.of("bigint(20) unsigned zerofill", "numeric(20,0)")
            .same("0", "42", "18446744073709551615"),
        RoundTrip.of("decimal(1,0)", "numeric(1,0)").same("-9", "0").changed("9", "9", "v - 1"),
        RoundTrip.of("decimal(10,2)", "numeric(10,2)")
            .same("-99999999.99", "0.00", "-0.01", "1.10")
            .row("-0.00", "0.00")
            .changed("99999999.99", "99999999.99", "v - 0.01"),
        RoundTrip.of("decimal(10,2) unsigned zerofill", "numeric(10,2)")
            .same("0.00", "1.50", "99999999.99"),
        RoundTrip.of("decimal(5,5)", "numeric(5,5)")
            .same("-0.99999")
            .changed("0.00001", "0.00001", "v - 0.00001"),
        RoundTrip.of("decimal(65,0)", "numeric(65,0)")
            .same("-" + NINES_65)
            .changed(NINES_65, NINES_65, "v - 1"),
        RoundTrip.of("decimal(65,30)", "numeric(65,30)")
            .same("-" + NINES_35_30, "0." + "0".repeat(30))
            .changed(NINES_35_30, NINES_35_30, "v - 1e-30"),
        RoundTrip.of("float", "real")
            .row("3.402823466e38", "3.4028235e+38")
            .row("-3.402823466e38", "-3.4028235e+38")
            .row("1.17549435e-38", "1.1754944e-38")
            .row("1.401298464e-45", "1e-45")
            .same("0.1", "123456.79", "0")
            .row("16777216", "1.6777216e+07")
            // MariaDB makes it 0 itself.
            .equal(SourceServer.MYSQL, "-0e0", "-0", "0")
            .changed("8388609", "8.388609e+06", "8388608")
            // Seven digits that the text protocol's six do not tell apart.
            .changed("1.234567", "1.234567", "1.2345672"),
        RoundTrip.of("float(7,3)", "real").row("9999.999", "9999.999").row("-0.001", "-0.001"),
        RoundTrip.of("float unsigned", "real").same("0", "1.5"),
        RoundTrip.of("double", "double precision")
            .row("1.7976931348623157e308", "1.7976931348623157e+308")
            .row("-1.7976931348623157e308", "-1.7976931348623157e+308")
            .row("2.2250738585072014e-308", "2.2250738585072014e-308")
            .row("4.9406564584124654e-324", "5e-324")
            .same("0", "0.1", "0.30000000000000004", "-2.5e-300")
            .equal(SourceServer.MYSQL, "-0e0", "-0", "0")
            .changed("9007199254740991", "9.007199254740991e+15", "9007199254740990")
            .changed("0.1e0 + 0.2e0", "0.30000000000000004", "0.3"),
        RoundTrip.of("double(10,2) zerofill", "double precision").row("42.50", "42.5"),
        RoundTrip.of("double unsigned", "double precision").same("0", "1.5"),
        RoundTrip.of("bit(1)", "boolean").row("b'0'", "f").changed("b'1'", "t", "NOT v"),
        bits(2),
        bits(7),
        bits(8),
        bits(9),
        bits(31),
        bits(33),
        bits(63),
        bits(64));
  }

  /** None, all, the first and the last; the last is cleared. */
  private static RoundTrip bits(int size) {
    String one = "0".repeat(size - 1) + "1";
    return RoundTrip.of("bit(" + size + ")", "bit(" + size + ")")
        .row("b'0'", "0".repeat(size))
        .row("b'" + "1".repeat(size) + "'", "1".repeat(size))
        .row("b'1" + "0".repeat(size - 1) + "'", "1" + "0".repeat(size - 1))
        .changed("b'1'", one, "set_bit(v, " + (size - 1) + ", 0)");
  }
}

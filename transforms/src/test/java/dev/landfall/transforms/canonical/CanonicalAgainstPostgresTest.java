package dev.landfall.transforms.canonical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.embedded.SharedServers;
import dev.landfall.transforms.types.form.JsonTexts;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Asks a PostgreSQL server which texts are the same value. */
class CanonicalAgainstPostgresTest {
  private static FreshDatabase database;
  private static Connection connection;

  @BeforeAll
  static void connect() throws SQLException {
    database = SharedServers.postgres().freshDatabase("canonical");
    connection = database.connect();
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute("SET DateStyle = 'ISO, YMD'");
      statement.execute("SET IntervalStyle = 'postgres'");
    }
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
    database.close();
  }

  static Stream<Arguments> types() {
    Random random = new Random(20_250_101);
    return Stream.of(
        Arguments.of("boolean", List.of("t", "f", "1", "0", "true", "FALSE", "no")),
        Arguments.of(
            "bigint",
            List.of("0", "-0", "+1", "01", "1", "10", "-1", "-01", "9223372036854775807")),
        Arguments.of("numeric", numbers(random)),
        Arguments.of("real", reals(random)),
        Arguments.of("double precision", doubles(random)),
        Arguments.of("character(6)", List.of("", " ", "a", "a  ", " a", "A", "ä", "a b", "a\t")),
        Arguments.of("text", List.of("", " ", "a", "a  ", " a", "A", "ä", "ä")),
        Arguments.of(
            "bytea",
            List.of("", "\\x", "\\x00", "\\x0000", "\\xAb", "\\xaB", "\\000", "a", "\\x61")),
        Arguments.of("date", dates(random)),
        Arguments.of(
            "time",
            List.of("00:00:00", "00:00", "24:00:00", "23:59:60", "01:02:03.4", "01:02:03.400000")),
        Arguments.of("interval", intervals(random)),
        Arguments.of("timestamp", timestamps(random)),
        Arguments.of("timestamptz", timestamps(random)),
        Arguments.of("jsonb", JsonTexts.some(random, 60)),
        Arguments.of("bit varying", List.of("", "0", "1", "01", "001", "0010")),
        Arguments.of(
            "inet",
            List.of(
                "::",
                "::1",
                "1::",
                "0:0:0:0:0:0:0:0/128",
                "::/0",
                "1:2:3:4:5:6:0:8",
                "1:2:3:4:5:6::8",
                "::ffff:192.0.2.128",
                "::ffff:c000:280",
                "192.0.2.128",
                "192.0.2.128/32",
                "192.0.2.128/31",
                "0.0.0.0",
                "FE80::A",
                "fe80::a")),
        Arguments.of(
            "uuid",
            List.of(
                "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
                "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11",
                "{a0eebc99-9c0b4ef8-bb6d6bb9-bd380a11}",
                "a0eebc999c0b4ef8bb6d6bb9bd380a11",
                "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12")),
        Arguments.of("inet", addresses(random)),
        Arguments.of("real[]", lists(random)),
        Arguments.of(
            "text[]",
            List.of(
                "{}",
                "{\"\"}",
                "{a}",
                "{\"a\"}",
                "{ a }",
                "{\" a \"}",
                "{NULL}",
                "{null}",
                "{\"NULL\"}",
                "{a,b}",
                "{\"a,b\"}",
                "{a\\,b}",
                "{a b}",
                "{\"a b\"}",
                "{a b }",
                "{\"\\\"\"}",
                "{\\\"}",
                "{\\\\}",
                "{\"\\\\\"}",
                "{ä}",
                "{a,NULL,b}")));
  }

  /** Texts have the same canonical form exactly when the server says that they are equal. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("types")
  void equalAsPostgresSays(String type, List<String> texts) throws SQLException {
    List<byte[]> forms = texts.stream().map(t -> CanonicalTest.bytes(type, t)).toList();
    String sql =
        "SELECT a.i, b.i, a.t::%1$s = b.t::%1$s FROM unnest(?::text[]) WITH ORDINALITY a(t, i),"
            + " unnest(?::text[]) WITH ORDINALITY b(t, i) WHERE a.i < b.i";
    List<String> wrong = new ArrayList<>();
    int pairs = 0;
    Array array = connection.createArrayOf("text", texts.toArray());
    try (PreparedStatement query = connection.prepareStatement(sql.formatted(type))) {
      query.setArray(1, array);
      query.setArray(2, array);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          pairs++;
          int one = rows.getInt(1) - 1;
          int other = rows.getInt(2) - 1;
          if (Arrays.equals(forms.get(one), forms.get(other)) != rows.getBoolean(3)) {
            wrong.add(texts.get(one) + " | " + texts.get(other) + " = " + rows.getBoolean(3));
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(pairs).isEqualTo(texts.size() * (texts.size() - 1) / 2);
  }

  /** A text has the form of what the server prints after having stored it. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("types")
  void sameFormAfterARoundTrip(String type, List<String> texts) throws SQLException {
    String sql = "SELECT i, t::%s FROM unnest(?::text[]) WITH ORDINALITY a(t, i)".formatted(type);
    List<String> wrong = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setArray(1, connection.createArrayOf("text", texts.toArray()));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          String text = texts.get(rows.getInt(1) - 1);
          String printed = rows.getString(2);
          if (!Arrays.equals(CanonicalTest.bytes(type, text), CanonicalTest.bytes(type, printed))) {
            wrong.add(text + " | " + printed);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static List<String> numbers(Random random) {
    List<String> texts =
        new ArrayList<>(
            List.of("0", "-0", "0.0", "1", "1.0", "01.00", "1e0", "10e-1", "1e20", "NaN", "1e-5"));
    texts.addAll(List.of("100000000000000000000", "0.00001", ".5", "5.", "0.5", "Infinity", "inf"));
    texts.addAll(List.of("-Infinity", "1e1001", "10e1000", "1e-1001", "0.1e-1000", "-1e1001"));
    texts.add("0".repeat(1200) + "7.50");
    texts.add("7.5" + "0".repeat(1200));
    texts.add("1" + "0".repeat(1001));
    for (int i = 0; i < 12; i++) {
      String digits = String.valueOf(1 + random.nextInt(999)) + "0".repeat(random.nextInt(3));
      int places = random.nextInt(6);
      texts.add(digits + "e-" + places);
      texts.add(new java.math.BigDecimal(digits).movePointLeft(places).toPlainString() + "000");
    }
    return texts;
  }

  private static List<String> addresses(Random random) {
    List<String> texts =
        new ArrayList<>(
            List.of("10.0.0.1", "10.0.0.1/32", "10.0.0.1/8", "::ffff:10.0.0.1", "::ffff:a00:1"));
    texts.addAll(List.of("::", "::/0", "0:0:0:0:0:0:0:0", "::1", "1::", "1:0:0:2::", "1:0:0:2::0"));
    texts.addAll(List.of("::1.2.3.4", "::102:304", "1:0:2:3:4:5:6:0", "1::2:3:4:5:6:0", "ABCD::"));
    texts.addAll(List.of("abcd:0::", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8/128", "2001:db8::/32"));
    for (int i = 0; i < 12; i++) {
      StringBuilder text = new StringBuilder();
      for (int group = 0; group < 8; group++) {
        String digits = Integer.toHexString(random.nextInt(3) == 0 ? random.nextInt(65_536) : 0);
        text.append(group == 0 ? "" : ":").append(digits);
      }
      texts.add(text.toString());
      texts.add(text.toString().replaceFirst("(^|:)0(:0)+(:|$)", "::"));
      texts.add(text.toString().replaceAll("\\b0\\b", "0000"));
    }
    return texts;
  }

  private static List<String> lists(Random random) {
    List<String> texts = new ArrayList<>(List.of("{}", "{0}", "{-0}", "{0.0,0}", "{1,2}", "{2,1}"));
    texts.addAll(List.of("{NaN}", "{Infinity,-inf}", "{0.1}", "{0.10000000149011612}", "{1e-45}"));
    for (int i = 0; i < 15; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(value)) {
        texts.add("{" + value + ",1}");
        texts.add("{" + (double) value + ",1.0}");
        texts.add("{" + Math.nextUp(value) + ",1}");
      }
    }
    return texts;
  }

  private static List<String> reals(Random random) {
    List<String> texts = new ArrayList<>(List.of("0", "-0", "NaN", "Infinity", "-inf", "1e-45"));
    for (int i = 0; i < 20; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(value)) {
        texts.add(Float.toString(value));
        texts.add(Double.toString(value));
        texts.add(Float.toString(Math.nextUp(value)));
      }
    }
    return texts;
  }

  private static List<String> doubles(Random random) {
    List<String> texts =
        new ArrayList<>(
            List.of("0", "-0.0", "nan", "inf", "1e22", "1E+22", "10000000000000000000000"));
    texts.addAll(List.of("4.9e-324", "0.1", "0.10000000000000001", "0.1000000000000001"));
    for (int i = 0; i < 15; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        texts.add(Double.toString(value));
        texts.add("%.16e".formatted(value));
        texts.add(Double.toString(Math.nextUp(value)));
      }
    }
    return texts;
  }

  private static List<String> dates(Random random) {
    List<String> texts = new ArrayList<>(List.of("0001-01-01", "0001-12-31 BC", "1600-02-29"));
    texts.addAll(List.of("2000-02-29", "1900-03-01", "9999-12-31", "infinity", "10000-01-01"));
    for (int i = 0; i < 20; i++) {
      String date = date(random);
      texts.add(date);
      texts.add(date + " 00:00:00");
    }
    return texts;
  }

  private static String date(Random random) {
    return "%04d-%02d-%02d"
        .formatted(1 + random.nextInt(4000), 1 + random.nextInt(12), 1 + random.nextInt(28));
  }

  private static List<String> timestamps(Random random) {
    List<String> texts = new ArrayList<>(List.of("2024-01-01", "2024-01-01 00:00:00.000000"));
    texts.addAll(List.of("2023-12-31 24:00:00", "2023-12-31 23:59:60", "-infinity", "infinity"));
    texts.addAll(
        List.of("2024-01-01 00:00:00+00", "2024-01-01T01:00:00+01", "0044-03-15 12:00:00 BC"));
    texts.addAll(
        List.of("2024-01-01 05:45:00+05:45", "2023-12-31 20:30:00-03:30", "2024-01-01 00:00Z"));
    for (int i = 0; i < 12; i++) {
      String second = "%s %02d:%02d:%02d".formatted(date(random), i, i, i);
      texts.add(second);
      texts.add(second + ".5");
      texts.add(second + ".500000+00");
    }
    return texts;
  }

  private static List<String> intervals(Random random) {
    List<String> texts = new ArrayList<>(List.of("00:00:00", "-00:00:00", "1 day", "24:00:00"));
    texts.addAll(
        List.of(
            "30 days", "1 mon", "720:00:00", "1 year", "12 mons", "360 days", "1 year -30 days"));
    texts.addAll(
        List.of("-838:59:59.000000", "-838:59:59", "838:59:59", "-1 days +00:00:01", "-23:59:59"));
    texts.addAll(List.of("178000000 years", "-178000000 years", "2562047787:59:59.999999"));
    IntStream.range(0, 12)
        .forEach(
            i -> {
              int hours = random.nextInt(838);
              texts.add("-%02d:%02d:07.250000".formatted(hours, i));
              texts.add("%d days -%02d:%02d:07.25".formatted(-(hours / 24), hours % 24, i));
            });
    return texts;
  }
}

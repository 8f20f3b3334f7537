package dev.landfall.transforms.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.types.Conversion;
import dev.landfall.transforms.value.Rows;
import dev.landfall.transforms.value.ValueBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PostgreSQL makes the same of a value in binary format as of its text. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BinaryFormatTest {
  private static final String[] NUMBERS = {
    "0",
    "1",
    "-1",
    "+1",
    "-0",
    "007",
    "12",
    "123",
    "1234",
    "12345",
    "-123456789",
    "32767",
    "32768",
    "-32768",
    "-32769",
    "2147483647",
    "2147483648",
    "-2147483648",
    "-2147483649",
    "9223372036854775799",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "18446744073709551615",
    "123456789012345678901234567890",
    "",
    "-",
    "+",
    "--1",
    "1-",
    " 1",
    "1 ",
    "0x10",
    "1_000",
    "1e3",
    "1E-3",
    "1e",
    "e",
    "0.0",
    "-0.00",
    "0.1",
    "0.10",
    "0.0001",
    "0.00010",
    "0.00001",
    "1.5",
    "10.05",
    "100.005",
    "9999.9999",
    "10000.0001",
    "99999999.99999999",
    "12345.67890",
    "-12345.67890",
    ".5",
    "-.5",
    "5.",
    ".",
    "-.",
    "1.2.3",
    "1.a",
    "a.1",
    "1,5",
    "999999999999.99",
    "9999999999.995",
    "0.005",
    "0.015",
    "-0.005",
    "NaN",
    "Infinity",
    "-Infinity",
    "inf",
    "nan",
    "1e-400",
    "1e400",
    "4.9e-324",
    "1.7976931348623157e308",
    "1e39",
    "3.4028235e38",
    "1e-46",
    "1.17549435e-38",
    "0.1234567890123456789",
    "true",
    "١"
  };

  private static final String[] TIMES = {
    "2024-02-29",
    "2023-02-29",
    "1900-02-29",
    "2000-02-29",
    "0001-01-01",
    "0000-01-01",
    "9999-12-31",
    "10000-01-01",
    "1969-12-31",
    "1970-01-01",
    "1999-12-31",
    "2000-01-01",
    "2024-13-01",
    "2024-00-10",
    "2024-04-31",
    "0044-03-15 BC",
    "infinity",
    "-infinity",
    "today?",
    "2024-02-29 23:59:59",
    "2024-02-29 23:59:59.9",
    "2024-02-29 23:59:59.999999",
    "2024-02-29 23:59:59.9999995",
    "2024-02-29 24:00:00",
    "2024-02-29 23:59:60",
    "2024-02-29 23:60:00",
    "2024-03-31 02:30:00",
    "2024-02-29 12:00:00+00",
    "2024-02-29 12:00:00+02",
    "2024-02-29 12:00:00-03:30",
    "2024-02-29T12:00:00",
    "2024-02-29 12:00",
    "1883-11-18 12:03:57.999999",
    "23:59:59",
    "00:00:00",
    "24:00:00",
    "23:59:59.5",
    "23:59:59.9999999",
    "12:00",
    "-01:00:00",
    "100:00:00",
    "12:00:00+02",
    ""
  };

  private static final String[] TEXTS = {
    "",
    " ",
    "a",
    "a ",
    "abcde",
    "abcdef",
    "abcde   ",
    "é",
    "éééé",
    "日本語",
    "😀😀",
    "\t",
    "\n",
    "\\",
    "\\N",
    "\\.",
    "\\x",
    "\\x41",
    "\\x4",
    "\\xZZ",
    "\\xdeadBEEF",
    "\\101",
    "{}",
    "{\"a\": 1}",
    "{\"a\": 1, \"a\": 2}",
    "[1, 2.50, null]",
    "1",
    "\"x\"",
    "{",
    "nul",
    "null",
    "t",
    "f",
    "T",
    "true",
    "yes",
    "2",
    "550e8400-e29b-41d4-a716-446655440000",
    "550E8400-E29B-41D4-A716-446655440000",
    "550e8400e29b41d4a716446655440000",
    "{550e8400-e29b-41d4-a716-446655440000}",
    "550e8400-e29b-41d4-a716-44665544000g",
    "550e8400-e29b-41d4-a716_446655440000"
  };

  private FreshDatabase database;
  private Connection connection;

  @BeforeAll
  void open() throws SQLException {
    database = Servers.target();
    connection = Servers.open(database);
  }

  @AfterAll
  void close() throws SQLException {
    connection.close();
    database.close();
  }

  @BeforeEach
  void noTable() throws SQLException {
    Servers.execute(connection, "DROP TABLE IF EXISTS t");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "smallint",
        "integer",
        "bigint",
        "numeric",
        "numeric(12,2)",
        "numeric(3,-2)",
        "real",
        "double precision",
        "boolean",
        "text",
        "varchar(5)",
        "char(5)",
        "bytea",
        "date",
        "time",
        "time(3)",
        "timestamp",
        "timestamp(0)",
        "timestamp(3)",
        "timestamptz",
        "timestamptz(0)",
        "json",
        "jsonb",
        "uuid"
      })
  void saysTheSameAsText(String type) throws SQLException {
    Servers.execute(connection, "CREATE TABLE t (a " + type + ")");
    TargetTable table = LoadBed.table(false, "t", LoadBed.to("a", type, 0, Conversion.TEXT));
    List<String> values = new ArrayList<>();
    values.addAll(List.of(NUMBERS));
    values.addAll(List.of(TIMES));
    values.addAll(List.of(TEXTS));
    values.addAll(randomNumbers(200));
    BinaryFormat binary = BinaryFormat.of(connection, table);
    assertThat(binary).isNotNull();
    int known = 0;
    for (String value : values) {
      Rows rows = LoadBed.rowsOf(List.of(List.of(value)));
      String expected = outcome(() -> new CopyWriter(table).writeText(connection, rows, 0, 1));
      assertThat(outcome(() -> new CopyWriter(table, 1).write(connection, rows, 0, 1)))
          .as(value)
          .isEqualTo(expected);
      known += Objects.requireNonNull(binary).append(rows, 0, new ValueBuffer()) ? 1 : 0;
    }
    assertThat(known).as("values in binary format").isGreaterThan(1);
  }

  private static List<String> randomNumbers(int count) {
    Random random = new Random(5);
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder number = new StringBuilder(random.nextBoolean() ? "-" : "");
      int whole = random.nextInt(12);
      int fraction = random.nextInt(12);
      for (int digit = 0; digit < whole; digit++) {
        // Many zeros: they are where groups of four go wrong.
        number.append(Math.max(0, random.nextInt(20) - 10));
      }
      if (fraction > 0) {
        number.append('.');
      }
      for (int digit = 0; digit < fraction; digit++) {
        number.append(Math.max(0, random.nextInt(20) - 10));
      }
      numbers.add(number.toString());
    }
    return numbers;
  }

  private interface Write {
    void run() throws SQLException;
  }

  /** What is in the table then, with all digits; or the SQLState of the refusal. */
  private String outcome(Write write) throws SQLException {
    Servers.execute(connection, "DELETE FROM t");
    try {
      write.run();
    } catch (SQLException e) {
      return e.getSQLState();
    }
    return Servers.rows(connection, "SELECT a::text, pg_column_size(a) FROM t").toString();
  }

  @Test
  void unusualValuesAmongOthersKeepTheirPlace() throws SQLException {
    Servers.execute(
        connection, "CREATE TABLE t (n int GENERATED ALWAYS AS IDENTITY, a numeric, b timestamp)");
    TargetTable table =
        LoadBed.table(
            false,
            "t",
            LoadBed.to("a", "numeric", 0, Conversion.NONE),
            LoadBed.to("b", "timestamp", 1, Conversion.DATE));
    Set<Integer> unusual = Set.of(0, 1, 7, 300, 301, 302, 998, 999);
    List<List<@Nullable String>> rows = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      rows.add(
          Arrays.asList(
              unusual.contains(i) ? "NaN" : "" + i, i % 3 == 0 ? null : "2024-01-01 00:00:00"));
      expected.add(
          (i + 1)
              + "|"
              + (unusual.contains(i) ? "NaN" : "" + i)
              + "|"
              + (i % 3 == 0 ? "null" : "2024-01-01 00:00:00"));
    }
    new CopyWriter(table).write(connection, LoadBed.rowsOf(rows), 0, 1000);
    assertThat(Servers.rows(connection, "SELECT n, a::text, b::text FROM t ORDER BY n"))
        .containsExactlyElementsOf(expected);
  }

  /** The server itself says by which statement a row came. */
  @Test
  void fewRowsAreWorthTheQuestionWhereTheyAreLong() throws SQLException {
    Servers.execute(connection, "CREATE TABLE t (a bytea, how text DEFAULT current_query())");
    TargetTable table = LoadBed.table(false, "t", LoadBed.to("a", "bytea", 0, Conversion.BYTEA));
    String longer = "\\x" + "00ff7f5c09".repeat(20_000);
    new CopyWriter(table).write(connection, LoadBed.rowsOf(List.of(List.of("\\x0a"))), 0, 1);
    new CopyWriter(table)
        .write(connection, LoadBed.rowsOf(List.of(List.of(longer), List.of("\\x0b"))), 0, 2);
    assertThat(
            Servers.rows(
                connection,
                "SELECT length(a), right(a::text, 4), how LIKE '%(FORMAT binary)' FROM t ORDER BY 1, 2"))
        .containsExactly("1|\\x0a|f", "1|\\x0b|t", "100000|5c09|t");
  }

  @Test
  void aTableWithAnotherTypeIsWrittenAsText() throws SQLException {
    Servers.execute(
        connection,
        "DROP TYPE IF EXISTS mood",
        "CREATE TYPE mood AS ENUM ('sad', 'glad')",
        "CREATE TABLE t (a int, b mood)");
    TargetTable table =
        LoadBed.table(
            false,
            "t",
            LoadBed.to("a", "integer", 0, Conversion.NONE),
            LoadBed.to("b", "mood", 1, Conversion.NONE));
    assertThat(BinaryFormat.of(connection, table)).isNull();
    new CopyWriter(table, 1).write(connection, LoadBed.rowsOf(List.of(List.of("1", "glad"))), 0, 1);
    assertThat(Servers.rows(connection, "TABLE t")).containsExactly("1|glad");
    Servers.execute(connection, "DROP TABLE t", "DROP TYPE mood");
  }

  /** The mapping says bigint, whose eight bytes a double would take for other ones of its own. */
  @Test
  void goesByTheColumnThatIsThere() throws SQLException {
    Servers.execute(connection, "CREATE TABLE t (a double precision)");
    TargetTable table = LoadBed.table(false, "t", LoadBed.to("a", "bigint", 0, Conversion.NONE));
    new CopyWriter(table, 1).write(connection, LoadBed.rowsOf(List.of(List.of("42"))), 0, 1);
    assertThat(Servers.rows(connection, "TABLE t")).containsExactly("42");
  }
}

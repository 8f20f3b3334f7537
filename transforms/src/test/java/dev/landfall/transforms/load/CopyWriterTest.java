package dev.landfall.transforms.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.types.Conversion;
import dev.landfall.transforms.types.PgType;
import dev.landfall.transforms.value.Rows;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What goes in comes out, byte for byte, in either format. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CopyWriterTest {
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
  void emptyTables() throws SQLException {
    Servers.execute(
        connection,
        "DROP TABLE IF EXISTS one, two, \"odd \"\"name\"",
        "CREATE TABLE one (n int GENERATED ALWAYS AS IDENTITY, a text)",
        "CREATE TABLE two (n int GENERATED ALWAYS AS IDENTITY, a text, b text)");
  }

  private static TargetTable table(String name, String... columns) {
    ColumnMapping[] mapped = new ColumnMapping[columns.length];
    for (int i = 0; i < columns.length; i++) {
      mapped[i] = LoadBed.to(columns[i], "text", i, Conversion.TEXT);
    }
    return LoadBed.table(false, name, mapped);
  }

  private void write(TargetTable table, List<List<@Nullable String>> rows) throws SQLException {
    new CopyWriter(table, 1).write(connection, LoadBed.rowsOf(rows), 0, rows.size());
  }

  private List<List<@Nullable String>> read(TargetTable table) throws SQLException {
    List<List<@Nullable String>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM " + table.name() + " ORDER BY n")) {
      while (row.next()) {
        List<@Nullable String> values = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
          values.add(row.getString(i + 2));
        }
        rows.add(values);
      }
    }
    return rows;
  }

  private static List<List<@Nullable String>> singles(@Nullable String... values) {
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (String value : values) {
      rows.add(Arrays.asList(value));
    }
    return rows;
  }

  @Test
  void whatTheTargetGeneratesIsNotWritten() throws SQLException {
    Servers.execute(
        connection,
        "CREATE TABLE generated (n int GENERATED ALWAYS AS IDENTITY,"
            + " first text GENERATED ALWAYS AS ('<' || a) STORED, a text,"
            + " middle text GENERATED ALWAYS AS (a || b) STORED, b text,"
            + " last text GENERATED ALWAYS AS (b || '>') STORED)");
    TargetTable table =
        LoadBed.table(
            false,
            "generated",
            LoadBed.to("first", "text", 0, Conversion.TEXT).generatedAs("'<' || a"),
            LoadBed.to("a", "text", 1, Conversion.TEXT),
            LoadBed.to("middle", "text", 2, Conversion.TEXT).generatedAs("a || b"),
            LoadBed.to("b", "text", 3, Conversion.TEXT),
            LoadBed.to("last", "text", 4, Conversion.TEXT).generatedAs("b || '>'"));
    List<List<@Nullable String>> rows =
        List.of(
            Arrays.asList("<a\tb", "a\tb", "a\tbc", "c", "c>"),
            Arrays.asList(null, null, null, "\\", "\\>"),
            Arrays.asList("<x", "x", null, null, null));
    try {
      new CopyWriter(table, 1).write(connection, LoadBed.rowsOf(rows), 0, rows.size());
      new CopyWriter(table, 9).write(connection, LoadBed.rowsOf(rows), 0, rows.size());

      List<List<@Nullable String>> twice = new ArrayList<>(rows);
      twice.addAll(rows);
      assertThat(read(table)).isEqualTo(twice);
    } finally {
      Servers.execute(connection, "DROP TABLE generated");
    }
  }

  @Test
  void wordsOfTheFormatAreTextsInATableOfOneColumn() throws SQLException {
    List<List<@Nullable String>> rows =
        singles(
            "",
            "\\.",
            "\\N",
            null,
            "\\",
            "\\\\",
            "\n",
            "\r\n",
            "\r",
            "\t",
            "\\.\n\\.",
            "NULL",
            "\\n",
            "\\x41",
            "\\101",
            "x\\",
            "\\\t",
            " ",
            "",
            "\b\f\u000b\u007f",
            "end");
    write(table("one", "a"), rows);
    assertThat(read(table("one", "a"))).isEqualTo(rows);
  }

  @Test
  void everyPairOfCharactersWithEverySpecialOne() throws SQLException {
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (char first = 1; first < 256; first++) {
      for (char second : new char[] {'\\', '\n', '\r', '\t', 'N', '.', 'x', '\u00e9'}) {
        rows.add(Arrays.asList("" + first + second, "" + second + first));
        rows.add(Arrays.asList("" + second + first + second, first % 2 == 0 ? null : ""));
      }
    }
    write(table("two", "a", "b"), rows);
    assertThat(read(table("two", "a", "b"))).isEqualTo(rows);
  }

  @Test
  void everyByteOfABinaryValue() throws SQLException {
    Servers.execute(connection, "ALTER TABLE two ALTER b TYPE bytea USING b::bytea");
    byte[] all = new byte[256];
    for (int i = 0; i < 256; i++) {
      all[i] = (byte) i;
    }
    String hex = "\\x" + HexFormat.of().formatHex(all);
    TargetTable table =
        LoadBed.table(
            false,
            "two",
            LoadBed.to("a", "text", 0, Conversion.TEXT),
            LoadBed.to("b", "bytea", 1, Conversion.BYTEA));
    write(table, List.of(Arrays.asList("x", hex), Arrays.asList("y", "\\x")));
    assertThat(Servers.rows(connection, "SELECT a, b FROM two ORDER BY n"))
        .containsExactly("x|" + hex, "y|\\x");
  }

  @Test
  void valuesAreAsLongAsTheyLike() throws SQLException {
    // Around the buffer's size, all to be escaped or none; four bytes a character across its end.
    List<List<@Nullable String>> rows =
        singles(
            "x".repeat(128 * 1024 - 1),
            "x".repeat(128 * 1024),
            "\\".repeat(128 * 1024 + 1024),
            "short",
            "\n".repeat(3_000_000),
            "a" + "😀".repeat(400_000),
            null,
            "");
    write(table("one", "a"), rows);
    assertThat(read(table("one", "a"))).isEqualTo(rows);
  }

  @Test
  void writesTheRowsThatItIsToldTo() throws SQLException {
    Rows rows = LoadBed.rowsOf(singles("0", "1", null, "3", "4"));
    CopyWriter writer = new CopyWriter(table("one", "a"));
    writer.write(connection, rows, 1, 4);
    writer.write(connection, rows, 4, 4);
    writer.write(connection, rows, 0, 1);
    assertThat(read(table("one", "a"))).isEqualTo(singles("1", null, "3", "0"));
  }

  @Test
  void quotesNames() throws SQLException {
    Servers.execute(
        connection, "CREATE TABLE \"odd \"\"name\" (\"Select\" text, \"ta\tb\"\"\" text)");
    write(table("odd \"name", "Select", "ta\tb\""), List.of(Arrays.asList("a", "b")));
    assertThat(Servers.rows(connection, "TABLE \"odd \"\"name\"")).containsExactly("a|b");
  }

  @Test
  void refusedRowLeavesTheConnectionUsable() throws SQLException {
    Servers.execute(connection, "ALTER TABLE one ADD CHECK (a <> 'bad')");
    List<List<@Nullable String>> rows = new ArrayList<>(singles("bad"));
    // More than the server reads before it says no.
    for (int i = 0; i < 200; i++) {
      rows.add(Arrays.asList("x".repeat(100_000)));
    }
    assertThatThrownBy(() -> write(table("one", "a"), rows))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23514"));
    write(table("one", "a"), singles("good"));
    assertThat(read(table("one", "a"))).isEqualTo(singles("good"));
  }

  @Test
  void noticesRowsThatATriggerDrops() throws SQLException {
    Servers.execute(
        connection,
        "CREATE OR REPLACE FUNCTION drop_it() RETURNS trigger LANGUAGE plpgsql AS"
            + " 'BEGIN RETURN NULL; END'",
        "CREATE TRIGGER d BEFORE INSERT ON one FOR EACH ROW WHEN (NEW.a = 'b')"
            + " EXECUTE FUNCTION drop_it()");
    assertThatThrownBy(() -> write(table("one", "a"), singles("a", "b")))
        .isInstanceOf(MigrationException.class)
        .hasMessage(
            "The target table public.one took 1 of 2 rows: does a trigger drop rows there? None of"
                + " these was kept. Turn the trigger off and run the same command again.");
  }

  @Test
  void columnsWithoutTextsAreWrittenAsTheyAre() throws SQLException {
    Servers.execute(
        connection,
        "DROP TABLE two",
        "CREATE TABLE two (a numeric, b timestamptz, c double precision, d interval)");
    ColumnMapping[] columns = {
      LoadBed.to("a", "numeric", 0, Conversion.NONE),
      LoadBed.to("b", "timestamptz(6)", 1, Conversion.DATE),
      LoadBed.to("c", "double precision", 2, Conversion.NONE),
      LoadBed.to("d", "interval(6)", 3, Conversion.NONE)
    };
    write(
        LoadBed.table(false, "two", columns),
        List.of(
            Arrays.asList(
                "-12345678901234567890.10",
                "2024-02-29 23:59:59.123456",
                "1e-300",
                "-838:59:59.000001"),
            Arrays.asList(null, null, null, null)));
    assertThat(Servers.rows(connection, "SELECT a, b, c, d FROM two ORDER BY a"))
        .containsExactly(
            "-12345678901234567890.10|2024-02-29 23:59:59.123456+00|1e-300|-838:59:59.000001",
            "null|null|null|null");
  }

  @Test
  void constantsAreEscaped() throws SQLException {
    ColumnMapping constant = ColumnMapping.constant("a", PgType.parse("interval"), true, "\\N");
    TargetTable table = LoadBed.table(false, "one", constant);
    write(table, singles("1\n2"));
    assertThat(read(table)).isEqualTo(singles("1\n2"));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void bytesThatAreNoTextAreTheRowsFault() {
    Rows rows = Rows.builder(1).add(utf8("ok")).add(new byte[] {'a', (byte) 0xff}).build();
    assertThatThrownBy(() -> new CopyWriter(table("one", "a")).write(connection, rows, 0, 2))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22021"));
  }
}

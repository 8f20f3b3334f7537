package dev.landfall.transforms.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.catalog.Servers.Source;
import dev.landfall.transforms.catalog.SourceSchemaReader;
import dev.landfall.transforms.model.SourceTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Texts of all character sets as they are read: converted, or marked and with all their bytes. */
class SourceTextsTest {
  private static final List<String> TYPES =
      List.of("varchar(20)", "char(8)", "text", "varchar(20) COLLATE %s_bin");

  private final List<String> stored = new ArrayList<>();
  private final List<String> expected = new ArrayList<>();

  /** Bytes of a character set are read as those. */
  private void read(String charset, String bytes, String asRead) {
    stored.add(charset + " " + bytes);
    expected.add(charset + " " + bytes + " → " + asRead);
  }

  /** Bytes that are no text: converted, with other question marks, as stored. */
  private void marked(String charset, String bytes, String converted, String told) {
    read(charset, bytes, "ff" + converted + "ff" + told + "ff" + bytes);
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void everyTextIsConvertedOrMarked(Source product) throws SQLException {
    read("utf8mb4", "f09f9880", "f09f9880");
    read("utf8mb3", "e282ac", "e282ac");
    read("latin1", "80819fff", "e282acc281c5b8c3bf");
    read("cp1251", "cff0", "d09fd180");
    read("cp1251", "3f", "3f");
    read("cp1251", "", "");
    marked("cp1251", "98", "3f01", "3f01");
    marked("cp1251", "613f9862", "613f3f6201", "61013f6201");
    // The text's own U+0001 is told apart by the first of the two.
    marked("cp1251", "013f9801", "013f3f0101", "01013f0101");
    read("latin2", "b1", "c485");
    marked("ascii", "e9", "3f01", "3f01");
    marked("greek", "aeff", "3f3f01", "3f3f01");
    marked("hebrew", "a1", "3f01", "3f01");
    // The server has U+FFFD in these tables, which is no question mark.
    marked("tis620", "a0", "efbfbd01", "efbfbd01");
    marked("big5", "a15a", "efbfbd01", "efbfbd01");
    marked("big5", "a3c0", "3f01", "3f01");
    read("big5", "a440", "e4b880");
    // A backslash comes back as another one; two brackets are one character in Unicode.
    read("sjis", "5c", "5c");
    read("ujis", "a1c0", "5c");
    read("armscii8", "a4", "29");
    read("cp932", "8790", "e28992");
    marked("sjis", "613f81ad62", "613f3f6201", "61013f6201");
    marked("cp932", "81ad", "3f01", "3f01");
    marked("ujis", "a2af", "3f01", "3f01");
    marked("eucjpms", "a2af", "3f01", "3f01");
    marked("gbk", "a140", "3f01", "3f01");
    marked("gb2312", "a2a1", "3f01", "3f01");
    marked("euckr", "a2e8", "3f01", "3f01");
    read("euckr", "b0a1", "eab080");
    marked("swe7", "ff", "3f01", "3f01");
    read("swe7", "5b", "c384");
    read("ucs2", "003f0061", "3f61");
    read("utf16", "d83dde00", "f09f9880");
    read("utf16le", "3dd800de", "f09f9880");
    read("utf32", "0001f600", "f09f9880");
    read("koi8r", "c1", "d0b0");
    if (product == Source.MYSQL) {
      read("ucs2", "d83d0061", "ffffffd83d0061");
      read("gb18030", "81308130", "c280");
    } else {
      // MariaDB sends what is no UTF-8, which PostgreSQL refuses.
      read("ucs2", "d83d0061", "eda0bd61");
    }

    try (FreshDatabase database = product.fresh();
        Connection connection = Servers.open(database)) {
      Servers.execute(connection, "SET sql_mode = ''");
      for (String type : TYPES) {
        List<String> found = new ArrayList<>();
        for (String value : stored) {
          String[] parts = value.split(" ", -1);
          Servers.execute(
              connection,
              "DROP TABLE IF EXISTS t",
              "CREATE TABLE t (c "
                  + type.replaceFirst("( COLLATE|$)", " CHARACTER SET " + parts[0] + "$1")
                      .formatted(parts[0])
                  + ")",
              "INSERT INTO t VALUES (_" + parts[0] + " X'" + parts[1] + "'), (NULL)");
          List<String> rows = readAll(connection, database);
          assertThat(rows.get(1)).isEqualTo("NULL");
          found.add(value + " → " + rows.get(0));
        }
        assertThat(String.join("\n", found)).as(type).isEqualTo(String.join("\n", expected));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void labelsAreTextsToo(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection = Servers.open(database)) {
      Servers.execute(
          connection,
          "CREATE TABLE t (c enum('я?','b') CHARACTER SET cp1251)",
          "INSERT INTO t VALUES ('я?'), (NULL)");
      assertThat(readAll(connection, database)).containsExactly("d18f3f", "NULL");
      Servers.execute(
          connection,
          "DROP TABLE t",
          "CREATE TABLE t (c set('я?','b') CHARACTER SET koi8r)",
          "INSERT INTO t VALUES ('b,я?'), ('')");
      assertThat(readAll(connection, database)).containsExactly("d18f3f2c62", "");
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void storedBytesAreReadAsTheyAre(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection = Servers.open(database)) {
      Servers.execute(
          connection,
          "CREATE TABLE t (c varchar(9) CHARACTER SET cp1251, d char(9) CHARACTER SET ucs2,"
              + " e longtext CHARACTER SET latin1)",
          "INSERT INTO t VALUES (_cp1251 X'98FF3F', _ucs2 X'0061', _latin1 X'E4'), (NULL, NULL, NULL)");
      SourceTable table =
          SourceSchemaReader.read(connection, database.name(), name -> true).tables().get(0);
      assertThat(rows(connection, SourceSql.bytes(table.column("c").orElseThrow())))
          .containsExactly("98ff3f", "NULL");
      assertThat(rows(connection, SourceSql.bytes(table.column("d").orElseThrow())))
          .containsExactly("0061", "NULL");
      assertThat(rows(connection, SourceSql.bytes(table.column("e").orElseThrow())))
          .containsExactly("e4", "NULL");
    }
  }

  /** Texts that no client could store but that years of versions and tools left in tables. */
  @ParameterizedTest
  @EnumSource(Source.class)
  void brokenTextsKeepAllTheirBytes(Source product) throws Exception {
    List<String> bytes = List.of("61ff62", "6181", "eda080", "f09f9880", "613f81");
    try (FreshDatabase database = product.fresh();
        Connection connection = Servers.open(database)) {
      assertThat(broken(connection, database, "utf8mb3", bytes)).isEqualTo(bytes);
      assertThat(broken(connection, database, "utf8mb4", bytes)).isEqualTo(bytes);
      assertThat(broken(connection, database, "sjis", bytes))
          .containsExactly(
              "ff613f6201ff613f6201ff61ff62",
              "ff613f01ff613f01ff6181",
              "ff3f3f01ff3f3f01ffeda080",
              "ff3f3f01ff3f3f01fff09f9880",
              "ff613f3f01ff61013f01ff613f81");
    }
  }

  /** Stores bytes in a text column by giving it the file of a column of bytes. */
  private static List<String> broken(
      Connection connection, FreshDatabase database, String charset, List<String> bytes)
      throws Exception {
    Servers.execute(
        connection,
        "DROP TABLE IF EXISTS b, t",
        "CREATE TABLE b (id int PRIMARY KEY, c varbinary(20)) ROW_FORMAT=DYNAMIC",
        "CREATE TABLE t (id int PRIMARY KEY, c varchar(20) CHARACTER SET "
            + charset
            + ") ROW_FORMAT=DYNAMIC",
        "ALTER TABLE t DISCARD TABLESPACE");
    for (int i = 0; i < bytes.size(); i++) {
      Servers.execute(connection, "INSERT INTO b VALUES (" + i + ", X'" + bytes.get(i) + "')");
    }
    Servers.execute(connection, "FLUSH TABLES b FOR EXPORT");
    Path data = Path.of(Servers.rows(connection, "SELECT @@datadir").get(0), database.name());
    Files.copy(data.resolve("b.ibd"), data.resolve("t.ibd"), StandardCopyOption.REPLACE_EXISTING);
    Servers.execute(connection, "UNLOCK TABLES", "ALTER TABLE t IMPORT TABLESPACE");
    return readAll(connection, database);
  }

  /** The last column of table t, as the product reads it, in hexadecimal. */
  private static List<String> readAll(Connection connection, FreshDatabase database)
      throws SQLException {
    SourceTable table =
        SourceSchemaReader.read(connection, database.name(), name -> true).tables().stream()
            .filter(t -> t.name().table().equals("t"))
            .findFirst()
            .orElseThrow();
    return rows(connection, SourceSql.column(table.column("c").orElseThrow()));
  }

  private static List<String> rows(Connection connection, String expression) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT " + expression + " FROM t")) {
      while (result.next()) {
        byte[] value = result.getBytes(1);
        rows.add(value == null ? "NULL" : HexFormat.of().formatHex(value));
      }
    }
    return rows;
  }
}

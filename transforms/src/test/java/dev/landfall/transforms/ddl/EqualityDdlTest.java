package dev.landfall.transforms.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.catalog.Servers.Source;
import dev.landfall.transforms.catalog.SourceSchemaReader;
import dev.landfall.transforms.model.SourceCatalog;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What unique keys forbid, asked of the source and of the target made from it. */
class EqualityDdlTest {
  /** Texts that some collations call equal. */
  private static final String[][] PAIRS = {
    {"a", "A"},
    {"a", "a "},
    {"a", " a"},
    {"ab", "a b"},
    {"ab", "a-b"},
    {"e", "é"},
    {"é", "É"},
    {"é", "e\u0301"},
    {"ss", "ß"},
    {"s", "ß"},
    {"a", "å"},
    {"a", "ä"},
    {"ae", "ä"},
    {"å", "Å"},
    {"ae", "æ"},
    {"o", "ø"},
    {"ö", "ø"},
    {"o", "ô"},
    {"ö", "ô"},
    {"u", "ü"},
    {"ue", "ü"},
    {"y", "ü"},
    {"n", "ñ"},
    {"i", "I"},
    {"i", "ı"},
    {"I", "ı"},
    {"d", "đ"},
    {"l", "ł"},
    {"th", "þ"},
    {"c", "č"},
    {"е", "ё"},
    {"и", "й"},
    {"σ", "ς"},
    {"ά", "α"},
    {"か", "カ"},
    {"か", "が"},
    {"ア", "ｱ"},
    {"A", "Ａ"},
    {"\uD83D\uDE00", "\uD83D\uDE01"},
    {"a", "a\u0001"}
  };

  /**
   * Collations, and where the target differs from them: pairs that only the source ({@code -}) or
   * only the target ({@code +}) calls equal. {@code ´} is a mark behind an e, {@code ^A} a control
   * character.
   */
  private static final Map<String, String> EVERYWHERE =
      Map.ofEntries(
          Map.entry(
              "utf8mb4_general_ci",
              "+é=´ +ss=ß -s=ß +ae=æ +o=ø +ö=ø -i=ı -I=ı +d=đ +l=ł +か=カ +か=が +ア=ｱ +A=Ａ -😀=😁 +a=a^A"),
          Map.entry("utf8mb4_unicode_ci", "+ae=æ +o=ø +ö=ø +d=đ +l=ł -😀=😁"),
          Map.entry("utf8mb4_unicode_520_ci", ""),
          Map.entry("utf8mb4_bin", ""),
          Map.entry("utf8mb4_swedish_ci", "+d=đ +l=ł -😀=😁"),
          Map.entry("utf8mb4_german2_ci", "+o=ø +d=đ +l=ł -😀=😁"),
          Map.entry("utf8mb4_spanish_ci", "+ae=æ +o=ø +ö=ø +d=đ +l=ł -😀=😁"),
          Map.entry("utf8mb4_turkish_ci", "+ae=æ +o=ø +d=đ +l=ł -😀=😁"),
          Map.entry("utf8mb4_danish_ci", "+d=đ +l=ł +th=þ -😀=😁"),
          Map.entry("utf8mb4_croatian_ci", "+ae=æ +o=ø +ö=ø +l=ł -😀=😁"),
          Map.entry("latin1_swedish_ci", "+ss=ß +ö=ø +a=a^A"),
          Map.entry("latin1_general_ci", "+a=a^A"),
          Map.entry("latin1_general_cs", ""),
          Map.entry("latin1_german1_ci", "+ss=ß -s=ß +ae=æ +a=a^A"),
          Map.entry("latin1_german2_ci", "+ae=æ +o=ø +a=a^A"),
          Map.entry("latin1_danish_ci", "+ss=ß +th=þ +a=a^A"),
          Map.entry("latin1_spanish_ci", "+ss=ß +ae=æ +a=a^A"),
          Map.entry("latin1_bin", ""),
          Map.entry("latin2_general_ci", "+ss=ß +a=ä +d=đ +l=ł +c=č +a=a^A"),
          Map.entry("cp1251_general_ci", "+a=a^A"),
          Map.entry("greek_general_ci", "+a=a^A"),
          Map.entry("ujis_japanese_ci", "+é=É +å=Å +σ=ς +か=カ +ア=ｱ +A=Ａ +a=a^A"));

  private static final Map<Source, Map<String, String>> OTHERS =
      Map.of(
          Source.MYSQL,
          Map.ofEntries(
              Map.entry("utf8mb4_0900_ai_ci", ""),
              Map.entry("utf8mb4_0900_as_ci", ""),
              Map.entry("utf8mb4_0900_as_cs", "-é=´ -a=a^A"),
              Map.entry("utf8mb4_sv_0900_ai_ci", ""),
              Map.entry("utf8mb4_de_pb_0900_ai_ci", ""),
              Map.entry("utf8mb4_tr_0900_ai_ci", "")),
          Source.MARIADB,
          Map.ofEntries(
              Map.entry("utf8mb4_uca1400_ai_ci", ""),
              Map.entry("utf8mb4_uca1400_as_ci", ""),
              Map.entry("utf8mb4_uca1400_ai_cs", "+ss=ß +ae=æ +σ=ς +か=カ +ア=ｱ +A=Ａ"),
              Map.entry("utf8mb4_uca1400_as_cs", "-é=´ -a=a^A"),
              Map.entry("utf8mb4_uca1400_nopad_ai_ci", ""),
              Map.entry("utf8mb4_uca1400_swedish_ai_ci", ""),
              Map.entry(
                  "utf8mb4_general_nopad_ci",
                  "+é=´ +ss=ß -s=ß +ae=æ +o=ø +ö=ø -i=ı -I=ı +d=đ +l=ł +か=カ +か=が +ア=ｱ +A=Ａ -😀=😁 +a=a^A")));

  @ParameterizedTest
  @EnumSource(Source.class)
  void keysForbidWhatTheSourceForbids(Source product) throws SQLException {
    Map<String, String> expected = new TreeMap<>(EVERYWHERE);
    expected.putAll(OTHERS.getOrDefault(product, Map.of()));
    Map<String, String> differences = new TreeMap<>();
    try (FreshDatabase database = product.fresh();
        FreshDatabase made = Servers.target();
        Connection source = Servers.open(database);
        Connection target = Servers.open(made)) {
      for (String collation : expected.keySet()) {
        Servers.execute(
            source,
            "CREATE TABLE "
                + collation
                + " (v varchar(20) CHARACTER SET "
                + set(collation)
                + " COLLATE "
                + collation
                + " NOT NULL, UNIQUE KEY v (v))");
      }
      SourceCatalog catalog = SourceSchemaReader.read(source, database.name(), name -> true);
      TargetDdl ddl = TargetDdl.of(Mappings.plain(catalog, "public"), catalog);
      for (DdlStatement statement : ddl.pre()) {
        DdlApplier.apply(target, statement);
      }
      for (DdlStatement statement : ddl.post()) {
        DdlApplier.apply(target, statement);
      }
      target.setAutoCommit(false);
      for (String collation : expected.keySet()) {
        differences.put(collation, differences(source, target, collation));
      }
    }
    assertThat(differences).isEqualTo(expected);
  }

  private static String set(String collation) {
    return collation.substring(0, collation.indexOf('_'));
  }

  private static String differences(Connection source, Connection target, String collation)
      throws SQLException {
    List<String> differences = new ArrayList<>();
    for (String[] pair : PAIRS) {
      String set = set(collation);
      if (isIn(source, set, pair[0]) && isIn(source, set, pair[1])) {
        boolean before = forbids(source, collation, pair);
        boolean now = forbids(target, collation, pair);
        if (before != now) {
          differences.add((before ? "-" : "+") + pair[0] + "=" + shown(pair[1]));
        }
      }
    }
    return String.join(" ", differences);
  }

  private static String shown(String text) {
    return text.replace("e\u0301", "´").replace("\u0001", "^A");
  }

  private static boolean isIn(Connection source, String set, String text) throws SQLException {
    try (PreparedStatement query =
        source.prepareStatement(
            "SELECT CAST(CONVERT(CONVERT(? USING "
                + set
                + ") USING utf8mb4) AS BINARY) = CAST(? AS BINARY)")) {
      query.setString(1, text);
      query.setString(2, text);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  private static boolean forbids(Connection connection, String table, String[] pair)
      throws SQLException {
    boolean automatic = connection.getAutoCommit();
    connection.setAutoCommit(false);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO " + table + " VALUES (?)")) {
      for (String text : pair) {
        insert.setString(1, text);
        insert.executeUpdate();
      }
      return false;
    } catch (SQLException e) {
      assertThat(e.getSQLState()).startsWith("23");
      return true;
    } finally {
      connection.rollback();
      connection.setAutoCommit(automatic);
    }
  }
}

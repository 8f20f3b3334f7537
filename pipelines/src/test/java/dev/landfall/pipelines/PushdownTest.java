package dev.landfall.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.transforms.sql.PushdownSql;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Digests that both databases compute: alike for what was moved, and not for anything else. */
class PushdownTest {
  @TempDir Path directory;

  /**
   * A type of the source and its extremes.
   *
   * @param change what is made of the first value in the target
   */
  private record Case(String type, String change, List<String> values) {
    Case(String type, String change, String... values) {
      this(type, change, List.of(values));
    }
  }

  private static final List<Case> CASES =
      List.of(
          new Case("tinyint", "c + 1", "-128", "127", "0"),
          new Case("tinyint(1)", "NOT c", "0", "1"),
          new Case("tinyint unsigned", "c - 1", "255", "0"),
          new Case("smallint unsigned zerofill", "c - 1", "65535", "0", "7"),
          new Case("mediumint", "c + 1", "-8388608", "8388607"),
          new Case("int", "c + 1", "-2147483648", "2147483647"),
          new Case("bigint", "c + 1", "-9223372036854775808", "9223372036854775807"),
          new Case("bigint unsigned", "c - 1", "18446744073709551615", "0", "9223372036854775808"),
          new Case("year", "c + 1", "1901", "2155", "0"),
          new Case(
              "decimal(65,30)",
              "c + 0.000000000000000000000000000001",
              "-99999999999999999999999999999999999.999999999999999999999999999999",
              "0",
              "-0.5"),
          new Case("decimal(20,0)", "c + 1", "-99999999999999999999", "0"),
          new Case("date", "c + 1", "'1000-01-01'", "'9999-12-31'", "'0001-01-01'"),
          new Case(
              "datetime(6)",
              "c + interval '1 microsecond'",
              "'1000-01-01 00:00:00.000001'",
              "'9999-12-31 23:59:59.999999'",
              "'2020-10-10 10:10:10.100000'",
              "'2020-10-10 10:10:00'",
              "'2020-10-10 00:00:00.5'"),
          new Case("datetime", "c + interval '1 second'", "'2020-10-10 10:10:10'", "'2020-10-10'"),
          new Case(
              "timestamp(3)",
              "c + interval '1 millisecond'",
              "'1970-01-01 00:00:01.120'",
              "'2038-01-19 03:14:07.999'"),
          new Case(
              "time(2)",
              "c + interval '10 milliseconds'",
              "'-838:59:59'",
              "'838:59:59'",
              "'00:00:00'",
              "'-00:00:00.01'",
              "'10:00:00.10'"),
          new Case("char(5)", "c || 'x'", "'a '", "''", "' a'", "'n'"),
          new Case(
              "varchar(40)",
              "c || ' '",
              "'1:a'",
              "''",
              "'n'",
              "'n,'",
              "'ÄÖ€😀'",
              "'a\\\\b'",
              "'2:'"),
          new Case("varchar(40) CHARACTER SET latin1", "c || 'x'", "'Äé'", "X'8085'", "''", "'?'"),
          new Case("varchar(40) CHARACTER SET utf8", "c || 'x'", "'Äé€'", "''"),
          new Case("varchar(40) CHARACTER SET cp1251", "c || 'x'", "'Жю'", "'?'", "''"),
          new Case("varchar(40) CHARACTER SET sjis", "c || 'x'", "'日本'", "'?'", "''"),
          new Case("varchar(40) CHARACTER SET utf16", "c || 'x'", "'日😀'", "'?'", "''"),
          new Case("longtext", "c || 'x'", "repeat('Ä', 70000)", "''"),
          new Case("enum('a','ß,','')", "CASE c WHEN 'a' THEN 'ß,' END", "'a'", "'ß,'", "''"),
          new Case("binary(4)", "set_byte(c, 3, 1)", "X'00'", "X'FF00FF00'"),
          new Case("varbinary(9)", "c || '\\x00'::bytea", "X'00FF'", "''", "X'2C6E2C'"),
          new Case("longblob", "c || '\\x00'::bytea", "repeat(X'FE', 70000)", "''"));

  private static String table(int number) {
    return "t" + (100 + number);
  }

  private static void fill(MovedDatabase database) throws SQLException {
    database.source("SET sql_mode = ''");
    for (int i = 0; i < CASES.size(); i++) {
      Case one = CASES.get(i);
      database.source(
          "CREATE TABLE "
              + table(i)
              + " (id int PRIMARY KEY, c "
              + one.type()
              + " NULL, d "
              + one.type()
              + " NULL)");
      for (int v = 0; v < one.values().size(); v++) {
        database.source(
            "INSERT INTO %s VALUES (%d, %s, NULL), (%d, NULL, %s)"
                .formatted(
                    table(i), 2 * v + 1, one.values().get(v), 2 * v + 2, one.values().get(v)));
      }
      database.source("INSERT INTO " + table(i) + " VALUES (0, NULL, NULL)");
    }
  }

  private static void watchPieces(MovedDatabase database) throws SQLException {
    database.target(
        "CREATE TABLE seen AS SELECT * FROM landfall.piece",
        "CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql"
            + " AS 'BEGIN INSERT INTO seen SELECT NEW.*; RETURN NULL; END'",
        "CREATE TRIGGER see AFTER INSERT ON landfall.piece FOR EACH ROW EXECUTE FUNCTION see()");
  }

  /** The names of tables of which some digests disagreed in the run. */
  private static List<String> disagreeing(MovedDatabase database) throws SQLException {
    return database
        .ask("SELECT DISTINCT table_position FROM seen WHERE run = " + database.migration().run())
        .stream()
        .map(t -> database.mapping().table(Integer.parseInt(t)).source().name().table())
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @EnumSource(MovedDatabase.Source.class)
  void extremesOfEveryTypeAndTheirSmallestChanges(MovedDatabase.Source server)
      throws SQLException, IOException {
    try (MovedDatabase database = new MovedDatabase(server)) {
      fill(database);
      database.move(
          directory,
          "mappings: [{table: t101, columns: {c: {type: boolean}, d: {type: boolean}}}]\n");
      watchPieces(database);
      assertThat(database.mapping().tables())
          .hasSameSizeAs(CASES)
          .allSatisfy(table -> assertThat(PushdownSql.obstacle(table)).isEmpty());

      assertThat(database.verifyByPushdown().equal()).isTrue();
      assertThat(disagreeing(database)).as("tables whose rows had to be read").isEmpty();

      List<String> all = IntStream.range(0, CASES.size()).mapToObj(PushdownTest::table).toList();
      List<String> changes = new ArrayList<>();
      changes.add("UPDATE %s SET c = %s WHERE id = 1");
      // NULL and empty, a value that moves to the next column, a row that is gone, one more.
      changes.add("UPDATE %s SET c = NULL WHERE id = 1");
      changes.add("UPDATE %s SET d = c, c = NULL WHERE id = 1");
      changes.add("DELETE FROM %s WHERE id = 0");
      changes.add("INSERT INTO %s VALUES (-1, NULL, NULL)");
      changes.add("UPDATE %s SET id = -1 WHERE id = 0");
      for (String change : changes) {
        for (int i = 0; i < CASES.size(); i++) {
          database.target(
              "CREATE TABLE kept_" + table(i) + " AS SELECT * FROM " + table(i),
              change.formatted(table(i), CASES.get(i).change()));
        }

        List<?> pushed = database.verifyByPushdown().tables();

        assertThat(disagreeing(database)).as(change).isEqualTo(all);
        assertThat(pushed).as(change).isEqualTo(database.verify().tables());
        for (String table : all) {
          database.target(
              "TRUNCATE " + table,
              "INSERT INTO " + table + " SELECT * FROM kept_" + table,
              "DROP TABLE kept_" + table);
        }
      }
    }
  }

  @Test
  void rowsThatCanNotBeConvertedAreMissingAllTheSame() throws SQLException, IOException {
    try (MovedDatabase database = new MovedDatabase(MovedDatabase.Source.MARIADB)) {
      database.source(
          "SET sql_mode = ''",
          "CREATE TABLE days (id int PRIMARY KEY, day date NOT NULL)",
          "INSERT INTO days SELECT seq, '2020-02-02' FROM seq_1_to_2000",
          "UPDATE days SET day = '2021-00-05' WHERE id IN (7, 1500)");
      database.move(directory, "");
      database.target("DELETE FROM days WHERE id = 8");

      VerificationReport report = database.verifyByPushdown();

      assertThat(report.tables()).isEqualTo(database.verify().tables());
      assertThat(report.tables().get(0).missing()).isEqualTo(3);
    }
  }

  @Test
  void tablesThatTheDatabasesCanNotBeTrustedWith() throws SQLException, IOException {
    try (MovedDatabase database = new MovedDatabase(MovedDatabase.Source.MARIADB)) {
      Map<String, String> obstacles =
          Map.of(
              "double", "column c: double as double precision",
              "float", "column c: float as real",
              "bit(9)", "column c: bit(9) as bit(9)",
              "set('a','b')", "column c: set('a','b') as text[]",
              "json", "column c: longtext as jsonb",
              "uuid", "column c: uuid as uuid");
      List<String> types = obstacles.keySet().stream().sorted().toList();
      for (int i = 0; i < types.size(); i++) {
        database.source(
            "CREATE TABLE " + table(i) + " (id int PRIMARY KEY, c " + types.get(i) + ")");
      }
      database.source(
          "CREATE TABLE z (id int PRIMARY KEY, day date)",
          "INSERT INTO z VALUES (1, '2020-02-02')");
      database.move(
          directory,
          "mappings: [{table: z, columns: {day: {rules: {zeroDate: {value: 2020-02-02}}}}}]\n");

      assertThat(
              database.mapping().tables().stream().map(t -> PushdownSql.obstacle(t).orElse("none")))
          .containsExactlyElementsOf(
              IntStream.rangeClosed(0, types.size())
                  .mapToObj(
                      i -> i < types.size() ? obstacles.get(types.get(i)) : "column day: has rules")
                  .toList());
      VerificationReport report = database.verifyByPushdown();
      assertThat(report.equal()).isTrue();
      assertThat(report.rowsRead().values())
          .containsExactlyElementsOf(
              database.mapping().tables().stream()
                  .map(table -> PushdownSql.obstacle(table).orElseThrow())
                  .toList());
    }
  }
}

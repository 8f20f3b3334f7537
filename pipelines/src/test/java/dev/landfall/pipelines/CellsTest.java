package dev.landfall.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.transforms.model.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tables with a few differences scattered over all their pieces, by every kind of key: the same
 * ones are found as by a full join, and only few rows are looked at again.
 */
class CellsTest {
  private static final int ROWS = 6_000;

  @TempDir Path directory;

  /**
   * @param values the key's values by {@code seq}
   * @param next the key of a row that is not there yet, by the values of one that is
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          id    | id int                   | CAST(seq AS SIGNED) * 7 - 20000         | id + 1
          id    | id bigint unsigned       | CAST(9223372036854475807 AS UNSIGNED) + seq * 99 | id + 1
          id    | id bigint unsigned       | seq * seq * seq                         | id + 1
          id    | id decimal(12,2)         | seq * 1.37 - 4000                       | id + 0.01
          a, id | a int, id int            | seq div 1500, seq * 2                   | a, id + 1
          a, id | a int, id int            | seq div 2 * 10, seq % 2                 | a + 1, id
          id    | id datetime(3)           | '2020-01-01' + INTERVAL seq * 61 SECOND | id + interval '1 second'
          id, b | id date, b int           | '1999-01-01' + INTERVAL seq DAY, 7      | id, b + 1
          id    | id varchar(20)           | concat('Ä', seq * 7919 % 6007)          | concat(id, 'x')
          id    | id varbinary(8)          | unhex(lpad(hex(seq * 7919), 8, '0'))    | byteacat(id, '\\x00')
          """)
  void findsWhatAFullJoinFinds(String key, String columns, String values, String next)
      throws SQLException, IOException {
    // What a database could not tell apart.
    boolean byHash =
        columns.matches("id (date|datetime|varbinary).*") || values.startsWith("seq div 1500");
    try (MovedDatabase database = new MovedDatabase(MovedDatabase.Source.MARIADB)) {
      database.source(
          "CREATE TABLE t (" + columns + ", v varchar(40) NOT NULL, PRIMARY KEY (" + key + "))",
          "INSERT INTO t SELECT " + values + ", concat('v', seq) FROM seq_1_to_" + ROWS);
      database.move(directory, "");
      database.target(
          "CREATE TABLE before AS SELECT *, row_number() OVER (ORDER BY " + key + ") n FROM t",
          "UPDATE t SET v = '!' || t.v FROM before b WHERE t.v = b.v"
              + " AND (n % 601 = 1 OR n = "
              + ROWS
              + ")",
          "DELETE FROM t USING before b WHERE t.v = b.v AND n % 601 = 300",
          "INSERT INTO t SELECT " + next + ", v FROM before WHERE n % 601 = 500 OR n = " + ROWS,
          "CREATE TABLE seen AS SELECT * FROM landfall.piece",
          "CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql"
              + " AS 'BEGIN INSERT INTO seen SELECT NEW.*; RETURN NULL; END'",
          "CREATE TRIGGER see AFTER INSERT ON landfall.piece FOR EACH ROW EXECUTE FUNCTION see()");
      List<String> expected =
          database.ask(
              "SELECT CASE WHEN b.v IS NULL THEN 'EXTRA' WHEN t.v IS NULL THEN 'MISSING'"
                  + " ELSE 'CHANGED' END, "
                  + key
                  + " FROM before b FULL JOIN t USING ("
                  + key
                  + ") WHERE b.v IS DISTINCT FROM t.v");

      VerificationReport report = database.verify();

      assertThat(
              database.ask(
                  "SELECT kind, "
                      + key
                      + " FROM (SELECT d.kind, (jsonb_populate_record(NULL::t, d.key)).*"
                      + " FROM landfall.difference d WHERE d.run = "
                      + database.migration().run()
                      + ") found"))
          .hasSizeGreaterThan(25)
          .containsExactlyInAnyOrderElementsOf(expected);
      assertThat(counts(report)).isEqualTo("5979 11 10 11");
      assertThat(
              database.ask(
                  "SELECT count(*) > 10, count(cells) > 8,"
                      + " sum(source_rows) BETWEEN 20 AND 2000 FROM seen"))
          .as("pieces of cells of few rows")
          .containsExactly("t|t|t");
      assertThat(database.verifyByPushdown().tables()).isEqualTo(report.tables());
      assertThat(
              database.ask(
                  "SELECT sum(source_rows) >= 20, sum(source_rows) <= 2000 FROM seen WHERE run = "
                      + database.migration().run()))
          .as("few rows are read where the databases can tell cells apart")
          .containsExactly(byHash ? "t|f" : "t|t");
      assertThat(counts(database.verify(StopSignal.NEVER, 3))).isEqualTo(counts(report));
    }
  }

  private static String counts(VerificationReport report) {
    return report.tables().stream()
        .map(t -> "%d %d %d %d".formatted(t.matched(), t.changed(), t.missing(), t.extra()))
        .findFirst()
        .orElseThrow();
  }
}

package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.EmbeddedMySql;
import dev.landfall.embedded.EmbeddedServer;
import dev.landfall.embedded.SharedServers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table full of odd values, moved with rules and without, counted, and compared. */
class OddValuesIT {
  private static final String TABLE =
      "CREATE TABLE odd (id int PRIMARY KEY, d date NOT NULL, at datetime(3), n varchar(20),"
          + " t text CHARACTER SET cp1251, e enum('a','b') NOT NULL, u varchar(40) CHARACTER SET"
          + " utf8mb4, l varchar(40) CHARACTER SET latin1, j varchar(20) CHARACTER SET sjis,"
          + " long_text varchar(20) CHARACTER SET utf8mb4, s set('я','b') CHARACTER SET koi8r)"
          + " CHARACTER SET utf8mb4";

  private static final String[] ROWS = {
    "(1, '2020-01-01', '2020-01-01 00:00:00', 'plain', 'я', 'a', 'Müller', 'Müller', _sjis X'5C',"
        + " 'short', 'я,b')",
    "(2, '0000-00-00', '0000-00-00 00:00:00', 'n\\0l', _cp1251 X'613F98', '', 'MÃ¼ller',"
        + " _latin1 X'4DC3BC', _sjis X'81AD', 'far too long', '')",
    "(3, '2020-00-10', '2020-10-00 10:00:00', 'x', 'x', 'b', NULL, NULL, NULL, NULL, NULL)",
    "(4, '2021-02-30', '2021-02-31 10:00:00', 'x', 'x', 'b', NULL, NULL, NULL, NULL, NULL)",
    "(5, '0000-05-05', '0000-05-05 10:00:00', 'x', 'x', 'b', NULL, NULL, NULL, NULL, NULL)",
    "(6, '2020-01-01', '2020-01-01 10:00:00.125', 'x', 'x', 'b', NULL, NULL, NULL, 'short', NULL)",
  };

  private static Pair pair(String server) throws Exception {
    if (server.equals("mysql")) {
      Assumptions.assumeTrue(
          EmbeddedMySql.missing().isEmpty(), () -> EmbeddedMySql.missing().orElse(""));
    }
    EmbeddedServer source =
        server.equals("mysql") ? SharedServers.mysql() : SharedServers.mariadb();
    Pair pair = Pair.make(source, SharedServers.postgres());
    List<String> statements = new ArrayList<>(List.of("SET SESSION sql_mode = ''", TABLE));
    for (String row : ROWS) {
      boolean old = row.matches("\\((4|5),.*");
      statements.add("SET SESSION sql_mode = '" + (old ? "ALLOW_INVALID_DATES" : "") + "'");
      statements.add("INSERT INTO odd VALUES " + row);
    }
    Db.run(pair.source(), statements.toArray(String[]::new));
    return pair;
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql", "mariadb"})
  void byDefaultNothingIsChangedUnseen(String server) throws Exception {
    try (Pair pair = pair(server)) {
      Path spec = pair.spec("load: {rejects: 10}");

      Cli.migrate(spec).exits(3);

      assertThat(Db.rows(pair.target(), "SELECT id FROM odd ORDER BY id"))
          .containsExactly("1", "6");
      assertThat(
              Db.rows(
                  pair.target(),
                  "SELECT key ->> 'id', column_name, reason FROM landfall.reject"
                      + " ORDER BY key ->> 'id'"))
          .containsExactly(
              "2\td\tzero date 0000-00-00, which PostgreSQL does not know, in a column that is NOT"
                  + " NULL; `rules: {zeroDate: null}` would load NULL and let the column be NULL",
              "3\td\tpartial date 2020-00-10, which PostgreSQL does not know, in a column that is"
                  + " NOT NULL; `rules: {partialDate: null}` would load NULL and let the column be"
                  + " NULL",
              "4\td\timpossible date 2021-02-30, which PostgreSQL does not know, in a column that"
                  + " is NOT NULL; `rules: {impossibleDate: null}` would load NULL and let the"
                  + " column be NULL",
              "5\td\tdate 0000-05-05 of the year 0, which PostgreSQL does not know, in a column"
                  + " that is NOT NULL; `rules: {range: null}` would load NULL and let the column"
                  + " be NULL");
      assertThat(dispositions(pair, spec)).isEmpty();
    }
  }

  /** What is told before the move is what becomes of the values in it. */
  @ParameterizedTest
  @ValueSource(strings = {"mysql", "mariadb"})
  void aScanTellsBeforeTheMove(String server) throws Exception {
    try (Pair pair = pair(server)) {
      String rules = "rules: {partialDate: {value: 1970-01-01}, nul: strip, twiceEncoded: decode}";
      Path spec = pair.spec(rules);
      String table = "\"" + pair.source().name() + ".odd\"";
      Cli.Result json = Cli.run("schema", "--scan", "--json", "-c", spec.toString()).exits(0);
      List<String> found = new ArrayList<>();
      Matcher scan =
          Pattern.compile(
                  "\\{\"table\":(\"[^\"]*\"),\"sourceTable\":\\1,\"column\":\"(\\w+)\",\"kind\":\"(\\w+)\","
                      + "\"rows\":(\\d+),\"policy\":\"([^\"]*)\"\\}")
              .matcher(json.out());
      while (scan.find()) {
        assertThat(scan.group(1)).isEqualTo(table);
        found.add(scan.group(2) + " " + scan.group(3) + " " + scan.group(4) + " " + scan.group(5));
      }
      assertThat(found)
          .containsExactly(
              "d zeroDate 1 refuse",
              "d partialDate 1 {value: 1970-01-01}",
              "d impossibleDate 1 refuse",
              "d range 1 refuse",
              "at zeroDate 1 null",
              "at partialDate 1 {value: 1970-01-01 00:00:00}",
              "at impossibleDate 1 refuse",
              "at range 1 refuse",
              "n nul 1 strip",
              "t badText 1 refuse",
              "e emptyEnum 1 keep",
              "u twiceEncoded 1 decode",
              "l twiceEncoded 1 decode",
              "j badText 1 refuse");
      String text = Cli.run("schema", "--scan", "-c", spec.toString()).exits(0).out();
      assertThat(text)
          .containsPattern("\n-- \\S+\\.odd\\.t +bad bytes +1 +badText: refuse\n")
          .endsWith("\n-- 14 odd values in 8 columns; at most 7 rows would be refused\n");
      // All of it is a script still.
      Db.run(pair.target(), text);
      assertThat(Db.rows(pair.target(), "SELECT count(*) FROM odd")).containsExactly("0");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql", "mariadb"})
  void rulesLoadEveryRowAndCountEachUse(String server) throws Exception {
    try (Pair pair = pair(server)) {
      Path spec =
          pair.spec(
              "rules: {zeroDate: null, partialDate: {value: 1970-01-01}, impossibleDate: null,"
                  + " range: null, nul: strip, badText: {replace: \"#\"}}",
              "mappings:",
              "  - table: odd",
              "    rules: {twiceEncoded: decode, impossibleDate: {value: 2021-03-01}}",
              "    columns:",
              "      at: {type: timestamp(0), rules: {range: {value: 2000-01-01}}}",
              "      e: {rules: {emptyEnum: {value: a}}}",
              "      long_text: {type: varchar(5), rules: {range: {value: long}}}");

      Cli.run("migrate", "-c", spec.toString()).exits(0);

      assertThat(Db.rows(pair.target(), "SELECT * FROM odd ORDER BY id"))
          .containsExactly(
              "1\t2020-01-01\t2020-01-01 00:00:00\tplain\tя\ta\tMüller\tMüller\t\\\\\tshort\t{я,b}",
              "2\t\\N\t\\N\tnl\ta?#\ta\tMüller\tMü\t#\tlong\t{}",
              "3\t1970-01-01\t1970-01-01 00:00:00\tx\tx\tb\t\\N\t\\N\t\\N\t\\N\t\\N",
              "4\t2021-03-01\t2021-03-01 00:00:00\tx\tx\tb\t\\N\t\\N\t\\N\t\\N\t\\N",
              "5\t\\N\t2000-01-01 00:00:00\tx\tx\tb\t\\N\t\\N\t\\N\t\\N\t\\N",
              "6\t2020-01-01\t2000-01-01 00:00:00\tx\tx\tb\t\\N\t\\N\t\\N\tshort\t\\N");
      String table = pair.source().name() + ".odd.";
      assertThat(dispositions(pair, spec))
          .containsExactly(
              table + "at impossible date → 2021-03-01 00:00:00 1 4",
              table + "at out of range → 2000-01-01 00:00:00 2 5 6",
              table + "at partial date → 1970-01-01 00:00:00 1 3",
              table + "at zero date → NULL 1 2",
              table + "d impossible date → 2021-03-01 1 4",
              table + "d out of range → NULL 1 5",
              table + "d partial date → 1970-01-01 1 3",
              table + "d zero date → NULL 1 2",
              table + "e enum index 0 → a 1 2",
              table + "j bad bytes → \"#\" 1 2",
              table + "l twice encoded → decoded 1 2",
              table + "long_text out of range → long 1 2",
              table + "n NUL character → stripped 1 2",
              table + "t bad bytes → \"#\" 1 2",
              table + "u twice encoded → decoded 1 2");
      assertThat(Cli.status(spec).out())
          .containsPattern("odd\\.n +NUL character -> stripped +1 +\\{\"id\": \"2\"}\n");
      // The comparison goes by the same rules.
      assertThat(Cli.run("verify", "--json", "-c", spec.toString()).exits(0).out())
          .startsWith("{\"equal\":true,");
      // Other rules are another migration.
      assertThat(Cli.run("migrate", "-c", pair.spec("rules: {zeroDate: null}").toString()).code())
          .isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql", "mariadb"})
  void bytesAndNullAndStripComeBackEqual(String server) throws Exception {
    try (Pair pair = pair(server)) {
      Db.run(pair.source(), "DELETE FROM odd WHERE id BETWEEN 3 AND 5");
      Path spec =
          pair.spec(
              "rules: {zeroDate: {value: 1970-01-01}}",
              "mappings:",
              "  - table: odd",
              "    columns:",
              "      n: {rules: {nul: bytes}}",
              "      t: {rules: {badText: bytes}}",
              "      j: {rules: {badText: null}}",
              "      e: {rules: {emptyEnum: keep}}");

      Cli.run("migrate", "-c", spec.toString()).exits(0);

      assertThat(Db.rows(pair.target(), "SELECT id, n, t, j, e, l FROM odd ORDER BY id"))
          .containsExactly(
              "1\t\\\\x706c61696e\t\\\\xff\t\\\\\ta\tMüller",
              "2\t\\\\x6e006c\t\\\\x613f98\t\\N\t\tMÃ¼",
              "6\t\\\\x78\t\\\\x78\t\\N\tb\t\\N");
      String table = pair.source().name() + ".odd.";
      assertThat(dispositions(pair, spec))
          .containsExactly(
              table + "at zero date → 1970-01-01 00:00:00 1 2",
              table + "d zero date → 1970-01-01 1 2",
              table + "e enum index 0 → kept 1 2",
              table + "j bad bytes → NULL 1 2");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql", "mariadb"})
  void aKeyThatARuleChangesIsFoundAgain(String server) throws Exception {
    try (Pair pair = pair(server)) {
      Db.run(
          pair.source(),
          "DROP TABLE odd",
          "SET SESSION sql_mode = ''",
          "CREATE TABLE days (day date NOT NULL, id int NOT NULL, PRIMARY KEY (day, id))",
          "INSERT INTO days VALUES ('0000-00-00', 1), ('2020-00-00', 2), ('2020-01-01', 3),"
              + " ('2021-01-01', 4), ('2022-01-01', 5), ('2023-01-01', 6)");
      Path spec =
          pair.spec(
              "rules: {zeroDate: {value: 2022-06-01}, partialDate: {value: 2023-06-01}}",
              "load: {chunkRows: 1}");

      Cli.run("migrate", "-c", spec.toString()).exits(0);

      assertThat(Db.rows(pair.target(), "SELECT id FROM days ORDER BY day"))
          .containsExactly("3", "4", "5", "1", "6", "2");
      assertThat(dispositions(pair, spec))
          .containsExactly(
              pair.source().name() + ".days.day partial date → 2023-06-01 1 2",
              pair.source().name() + ".days.day zero date → 2022-06-01 1 1");
    }
  }

  /** What rules did according to {@code status --json}, in order. */
  private static List<String> dispositions(Pair pair, Path spec) throws Exception {
    String status = Cli.run("status", "--json", "-c", spec.toString()).exits(0).out().strip();
    return Db.rows(
        pair.target(),
        "SELECT line FROM (SELECT format('%s.%s %s %s %s', d ->> 'table', d ->> 'column', d ->> 'rule',"
            + " d ->> 'rows', (SELECT string_agg(k ->> 'id', ' ')"
            + " FROM jsonb_array_elements(d -> 'sampleKeys') k)) AS line"
            + " FROM jsonb_array_elements($json$"
            + status
            + "$json$::jsonb -> 'dispositions') d) x ORDER BY line COLLATE \"C\"");
  }
}

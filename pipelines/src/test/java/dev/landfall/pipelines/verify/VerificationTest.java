package dev.landfall.pipelines.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.MovedDatabase;
import dev.landfall.pipelines.SpecBed;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.load.MigrateTask;
import dev.landfall.transforms.MigrationException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationTest {
  /** Tables of a thousand rows: {@code n} from 1 to 1000. */
  private static final String THOUSAND =
      " SELECT a.d + 10 * b.d + 100 * c.d + 1 AS n FROM digit a, digit b, digit c";

  private static final String DIGITS =
      "CREATE TABLE digit AS SELECT 0 AS d UNION SELECT 1 UNION SELECT 2 UNION SELECT 3"
          + " UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8"
          + " UNION SELECT 9";

  @TempDir Path directory;

  /** {@code table key kind columns}. */
  private static List<String> differences(VerificationReport report) {
    return report.differences().stream()
        .map(
            d ->
                d.table()
                    + " "
                    + d.key().entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .collect(Collectors.joining(","))
                    + " "
                    + d.kind()
                    + (d.columns().isEmpty() ? "" : " " + d.columns()))
        .toList();
  }

  /** {@code target source-rows target-rows matched changed missing extra}. */
  private static List<String> counts(VerificationReport report) {
    return report.tables().stream()
        .map(
            t ->
                String.join(
                    " ",
                    t.target(),
                    String.valueOf(t.sourceRows()),
                    String.valueOf(t.targetRows()),
                    String.valueOf(t.matched()),
                    String.valueOf(t.changed()),
                    String.valueOf(t.missing()),
                    String.valueOf(t.extra())))
        .toList();
  }

  private static void fill(MovedDatabase database, String table, String values)
      throws SQLException {
    database.source(
        "INSERT INTO " + table + " SELECT " + values + " FROM (" + THOUSAND + ") rows1000");
  }

  private static MovedDatabase allKinds(MovedDatabase.Source server) throws SQLException {
    MovedDatabase database = new MovedDatabase(server);
    database.source(
        DIGITS,
        "CREATE TABLE ints (id int PRIMARY KEY, v varchar(20), d decimal(9,2), b varbinary(9))",
        "CREATE TABLE bigs (id bigint unsigned PRIMARY KEY, v double)",
        "CREATE TABLE pairs (a int NOT NULL, b datetime(3) NOT NULL, v text, PRIMARY KEY (a, b))",
        "CREATE TABLE names (name varchar(30) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci"
            + " PRIMARY KEY, v int)",
        "CREATE TABLE bins (id varbinary(8) PRIMARY KEY, v bit(3))",
        "CREATE TABLE heap (a int, v varchar(10))",
        "CREATE TABLE nothing (id int PRIMARY KEY, v int)");
    fill(database, "ints", "n, concat('v', n), n / 7, char(n % 256, 0)");
    fill(database, "bigs", "18446744073709551615 - n * 1000000000000, n / 3");
    fill(database, "pairs", "n % 10, '2020-01-01 00:00:00.125' + INTERVAL n HOUR, repeat('x', n)");
    fill(database, "names", "concat(if(n % 2, 'Ä', 'b'), n), n");
    fill(database, "bins", "unhex(lpad(hex(n * 7919), 8, '0')), n % 8");
    fill(database, "heap", "n % 100, if(n % 100 = 7, NULL, 'same')");
    return database;
  }

  @ParameterizedTest
  @EnumSource(MovedDatabase.Source.class)
  void findsExactlyWhatDiffersInTablesOfEveryKind(MovedDatabase.Source server)
      throws SQLException, IOException {
    try (MovedDatabase database = allKinds(server)) {
      database.move(directory, "");

      VerificationReport equal = database.verify();

      assertThat(differences(equal)).isEmpty();
      assertThat(counts(equal))
          .containsExactly(
              "public.bigs 1000 1000 1000 0 0 0",
              "public.bins 1000 1000 1000 0 0 0",
              "public.digit 10 10 10 0 0 0",
              "public.heap 1000 1000 1000 0 0 0",
              "public.ints 1000 1000 1000 0 0 0",
              "public.names 1000 1000 1000 0 0 0",
              "public.nothing 0 0 0 0 0 0",
              "public.pairs 1000 1000 1000 0 0 0");
      assertThat(equal.equal()).isTrue();

      database.target(
          "UPDATE ints SET v = 'other', d = d + 0.01 WHERE id = 500",
          "DELETE FROM ints WHERE id = 777",
          "INSERT INTO ints VALUES (-5, NULL, NULL, NULL), (100000, 'x', 1, '\\x00')",
          "UPDATE bigs SET v = v + 1e-9 WHERE id = 18446744073709551615 - 1000000000000",
          "DELETE FROM bigs WHERE id = 18446744073709551615 - 1000 * 1000000000000",
          "UPDATE pairs SET v = 'short' WHERE a = 3 AND b = '2020-01-01 03:00:00.125'",
          "DELETE FROM pairs WHERE a = 9 AND b = '2020-01-01 09:00:00.125'",
          "INSERT INTO pairs VALUES (11, '2020-01-01 11:00:00', NULL)",
          "UPDATE names SET v = -1 WHERE name = 'Ä77'",
          "DELETE FROM names WHERE name = 'b78'",
          "INSERT INTO names VALUES ('zzz', 1)",
          "UPDATE bins SET v = '111' WHERE id = '\\x00001eef'",
          "INSERT INTO bins VALUES ('\\xffffffff', '001')",
          "INSERT INTO heap VALUES (5, 'same')",
          "DELETE FROM heap WHERE ctid = (SELECT min(ctid) FROM heap WHERE a = 7)",
          "INSERT INTO nothing VALUES (1, 1)",
          "DELETE FROM digit");

      VerificationReport report = database.verify();

      assertThat(differences(report))
          .containsExactlyInAnyOrder(
              "public.ints id=500 CHANGED [v, d]",
              "public.ints id=777 MISSING",
              "public.ints id=-5 EXTRA",
              "public.ints id=100000 EXTRA",
              "public.bigs id=18446743073709551615 CHANGED [v]",
              "public.bigs id=18445744073709551615 MISSING",
              "public.pairs a=3,b=2020-01-01 03:00:00.125 CHANGED [v]",
              "public.pairs a=9,b=2020-01-01 09:00:00.125 MISSING",
              "public.pairs a=11,b=2020-01-01 11:00:00 EXTRA",
              "public.names name=Ä77 CHANGED [v]",
              "public.names name=b78 MISSING",
              "public.names name=zzz EXTRA",
              "public.bins id=\\x00001eef CHANGED [v]",
              "public.bins id=\\xffffffff EXTRA",
              "public.heap a=5,v=same EXTRA",
              "public.heap a=7,v=null MISSING",
              "public.nothing id=1 EXTRA",
              "public.digit d=0 MISSING",
              "public.digit d=1 MISSING",
              "public.digit d=2 MISSING",
              "public.digit d=3 MISSING",
              "public.digit d=4 MISSING",
              "public.digit d=5 MISSING",
              "public.digit d=6 MISSING",
              "public.digit d=7 MISSING",
              "public.digit d=8 MISSING",
              "public.digit d=9 MISSING");
      assertThat(counts(report))
          .containsExactly(
              "public.bigs 1000 999 998 1 1 0",
              "public.bins 1000 1001 999 1 0 1",
              "public.digit 10 0 0 0 10 0",
              "public.heap 1000 1000 999 0 1 1",
              "public.ints 1000 1001 998 1 1 2",
              "public.names 1000 1000 998 1 1 1",
              "public.nothing 0 1 0 0 0 1",
              "public.pairs 1000 1000 998 1 1 1");
      assertThat(report.equal()).isFalse();
      assertThat(
              database.ask(
                  "SELECT target_table, source_rows, target_rows, matched, changed, missing, extra"
                      + " FROM landfall.verification WHERE run = "
                      + database.migration().run()
                      + " ORDER BY table_position"))
          .isEqualTo(counts(report).stream().map(c -> c.replace(' ', '|')).toList());
      assertThat(database.ask("SELECT DISTINCT plan FROM landfall.chunk")).containsExactly("LOAD");
    }
  }

  @Test
  void aSplitTableIsComparedInAllItsTargets() throws SQLException, IOException {
    try (MovedDatabase database = new MovedDatabase(MovedDatabase.Source.MARIADB)) {
      database.source(
          DIGITS, "CREATE TABLE users (id int PRIMARY KEY, email varchar(50), bio text)");
      fill(database, "users", "n * 3, concat('u', n, '@x'), repeat('b', n % 50)");
      database.move(
          directory,
          """
          mappings:
            - table: users
              split:
                - to: accounts
                  columns: [{account_id: id}, email]
                - to: profiles
                  columns: [{legacy_user_id: id}, bio]
          """);
      assertThat(database.verify().equal()).isTrue();

      database.target(
          "UPDATE accounts SET email = NULL WHERE account_id = 300",
          "DELETE FROM profiles WHERE legacy_user_id = 303");

      assertThat(differences(database.verify()))
          .containsExactly(
              "public.accounts account_id=300 CHANGED [email]",
              "public.profiles legacy_user_id=303 MISSING");
    }
  }

  @Test
  void countsAllDifferencesAndNamesTheFirst() throws SQLException, IOException {
    try (MovedDatabase database = new MovedDatabase(MovedDatabase.Source.MARIADB)) {
      database.source(
          DIGITS,
          "CREATE TABLE gone (id int PRIMARY KEY, v int)",
          "CREATE TABLE touched (id int PRIMARY KEY, v int)");
      fill(database, "gone", "n, n");
      fill(database, "touched", "n, n");
      database.move(directory, "");
      database.target("DELETE FROM gone", "UPDATE touched SET v = v + 1");

      VerificationReport report = database.verify(() -> false, 25);

      assertThat(counts(report))
          .containsExactly(
              "public.digit 10 10 10 0 0 0",
              "public.gone 1000 0 0 0 1000 0",
              "public.touched 1000 1000 0 1000 0 0");
      assertThat(differences(report))
          .hasSize(50)
          .contains("public.gone id=1 MISSING", "public.gone id=25 MISSING")
          .contains("public.touched id=1 CHANGED [v]", "public.touched id=25 CHANGED [v]");
    }
  }

  @Test
  void aKeyWithZeroDatesIsComparedByKeyHash() throws SQLException, IOException {
    try (MovedDatabase database = new MovedDatabase(MovedDatabase.Source.MARIADB)) {
      database.source(
          DIGITS,
          "SET sql_mode = ''",
          "CREATE TABLE days (day datetime NOT NULL, id int NOT NULL, v int, PRIMARY KEY (day, id))");
      fill(database, "days", "if(n < 400, '2009-00-12', '2010-01-01') + INTERVAL 0 DAY, n, n");
      database.source("UPDATE days SET day = '2009-00-12' WHERE id < 400");
      database.move(directory, "");

      assertThat(counts(database.verify()))
          .containsExactly("public.days 1000 601 601 0 399 0", "public.digit 10 10 10 0 0 0");

      database.target("UPDATE days SET v = 0 WHERE id = 500", "DELETE FROM days WHERE id = 800");
      VerificationReport report = database.verify();

      assertThat(counts(report))
          .containsExactly("public.days 1000 600 599 1 400 0", "public.digit 10 10 10 0 0 0");
      assertThat(differences(report))
          .contains(
              "public.days day=2010-01-01 00:00:00,id=500 CHANGED [v]",
              "public.days day=2010-01-01 00:00:00,id=800 MISSING",
              "public.days day=2009-00-12 00:00:00,id=5 MISSING")
          .hasSize(401);
    }
  }

  @Test
  void rowsThatCanNotBeConvertedAreMissing() throws SQLException, IOException {
    try (MovedDatabase database = new MovedDatabase(MovedDatabase.Source.MARIADB)) {
      database.source(
          DIGITS,
          "SET sql_mode = ''",
          "CREATE TABLE t (id int PRIMARY KEY, day date NOT NULL)",
          "INSERT INTO t VALUES (1, '2020-02-02'), (2, '0000-00-00'), (3, '2021-00-05')");
      database.move(directory, "");

      VerificationReport report = database.verify();

      assertThat(counts(report))
          .containsExactly("public.digit 10 10 10 0 0 0", "public.t 3 1 1 0 2 0");
      assertThat(differences(report))
          .containsExactlyInAnyOrder("public.t id=2 MISSING", "public.t id=3 MISSING");
    }
  }

  @Test
  void rowsThatCanNotBeConvertedAreCountedOnceBesideOthersThatDiffer()
      throws SQLException, IOException {
    try (MovedDatabase database = new MovedDatabase(MovedDatabase.Source.MARIADB)) {
      database.source(
          "SET sql_mode = ''",
          "CREATE TABLE t (id int PRIMARY KEY, day date NOT NULL)",
          "INSERT INTO t VALUES (1, '2020-02-02'), (2, '0000-00-00'), (3, '2021-01-05')");
      database.move(directory, "");
      database.target("UPDATE t SET day = '2021-01-06' WHERE id = 3");

      VerificationReport report = database.verify();

      assertThat(counts(report)).containsExactly("public.t 3 2 1 1 1 0");
      assertThat(differences(report))
          .containsExactlyInAnyOrder("public.t id=2 MISSING", "public.t id=3 CHANGED [day]");
    }
  }

  /** A row each that PostgreSQL refuses, and that can't be converted, by what its key is. */
  @Test
  void eachMissingRowThatWasRejectedSaysWhy() throws SQLException {
    try (SpecBed bed = new SpecBed(MovedDatabase.Source.MARIADB)) {
      bed.source(
          "SET sql_mode = ''",
          "CREATE TABLE texts (id int PRIMARY KEY, x varchar(10), d date NOT NULL, y date)",
          "INSERT INTO texts VALUES (1, 'a', '2020-01-01', NULL), (2, 'n\\0l', '2020-01-01', NULL),"
              + " (3, 'b', '0000-00-00', NULL), (4, 'c', '2020-01-01', '2021-00-05')",
          "CREATE TABLE docs (at datetime(3), n decimal(9,2), j json, PRIMARY KEY (at, n))",
          "INSERT INTO docs VALUES ('2020-01-01 00:00:00.120', 1.50, '{\"a\": \"n\\\\u0000l\"}'),"
              + " ('2020-01-02', 2, '[]')",
          "CREATE TABLE bins (k varbinary(8) PRIMARY KEY, x varchar(10))",
          "INSERT INTO bins VALUES (x'00ff', 'n\\0l'), ('abc', 'n\\0l'), (x'01', 'fine')",
          "CREATE TABLE names (k varchar(9) COLLATE utf8mb4_bin PRIMARY KEY, v int)",
          "INSERT INTO names VALUES ('a\\0b', 1), ('\"q\"', 2)",
          "CREATE TABLE flags (f bit(1), n int, x varchar(10), PRIMARY KEY (f, n))",
          "INSERT INTO flags VALUES (b'1', 1, 'n\\0l'), (b'0', 1, 'x')",
          "CREATE TABLE keyless (a int, x varchar(10))",
          "INSERT INTO keyless VALUES (1, 'n\\0l'), (2, 'x'), (NULL, 'm\\0')",
          "CREATE TABLE own (id int PRIMARY KEY, small int, checked int, once int)",
          "INSERT INTO own VALUES (1, 1, 1, 1), (2, 40000, 1, 2), (3, 1, -1, 3), (4, 1, 1, 1)");
      bed.target(
          "CREATE TABLE public.own (id int PRIMARY KEY, small int CHECK (small < 30000),"
              + " checked int CHECK (checked > 0), once int UNIQUE)");
      try (Migration migration = bed.migration("load: {rejects: 100}")) {
        migration.perform(new MigrateTask(false));
        dev.landfall.pipelines.api.VerificationReport report = migration.perform(new VerifyTask());

        assertThat(report.differences())
            .allSatisfy(d -> assertThat(d.kind().word()).isEqualTo("missing"))
            .allSatisfy(d -> assertThat(d.reject()).as("%s %s", d.table(), d.key()).isNotNull());
        assertThat(report.differences())
            .extracting(d -> d.table() + " " + String.valueOf(d.reject()).split(" ", 2)[0])
            .containsExactlyInAnyOrder(
                "public.texts NUL",
                "public.texts zero",
                "public.texts partial",
                "public.docs unsupported",
                "public.bins NUL",
                "public.bins NUL",
                "public.names NUL",
                "public.flags NUL",
                "public.keyless NUL",
                "public.keyless NUL",
                "public.own new",
                "public.own new",
                "public.own duplicate");
        assertThat(bed.ask("SELECT count(*), count(reject) FROM landfall.difference"))
            .containsExactly("13|13");
      }
    }
  }

  @Test
  void aTargetWithoutTheKeysIndexIsComparedAllTheSame() throws SQLException, IOException {
    try (MovedDatabase database = new MovedDatabase(MovedDatabase.Source.MARIADB)) {
      database.source(DIGITS, "CREATE TABLE ints (id int PRIMARY KEY, v int)");
      fill(database, "ints", "n, n");
      database.move(directory, "");
      database.target(
          "ALTER TABLE ints DROP CONSTRAINT ints_pkey", "INSERT INTO ints VALUES (7, 7)");

      VerificationReport report = database.verify();

      assertThat(counts(report))
          .containsExactly("public.digit 10 10 10 0 0 0", "public.ints 1000 1001 1000 0 0 1");
      assertThat(differences(report)).containsExactly("public.ints id=7 EXTRA");
    }
  }

  @Test
  void aStopLeavesNoVerdict() throws SQLException, IOException {
    try (MovedDatabase database = new MovedDatabase(MovedDatabase.Source.MARIADB)) {
      database.source(DIGITS);
      database.move(directory, "");

      MigrationException stopped =
          catchThrowableOfType(MigrationException.class, () -> database.verify(() -> true, 1_000));

      assertThat(stopped.kind()).isEqualTo(MigrationException.Kind.STOPPED);
      assertThat(database.ask("SELECT * FROM landfall.verification")).isEmpty();
      assertThat(database.verify().equal()).isTrue();
    }
  }

  /**
   * Random changes on both sides against the answer of a full outer join in the target, where the
   * source's rows are known because the test wrote them.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void agreesWithAFullJoinAfterRandomChanges(long seed) throws SQLException, IOException {
    Random random = new Random(seed);
    String key = seed == 2 ? "concat('k', n)" : "n * 5";
    String type = seed == 2 ? "varchar(20)" : "int";
    try (MovedDatabase database = new MovedDatabase(MovedDatabase.Source.MARIADB)) {
      database.source(DIGITS, "CREATE TABLE t (id " + type + " PRIMARY KEY, a varchar(20), b int)");
      fill(database, "t", key + ", concat('a', n), n % 13");
      database.move(directory, "");
      database.target("CREATE TABLE before AS SELECT * FROM t");
      for (int change = 0; change < 60; change++) {
        int n = 1 + random.nextInt(1_300);
        String id = seed == 2 ? "'k" + n + "'" : String.valueOf(n * 5 - random.nextInt(2));
        database.target(
            switch (random.nextInt(3)) {
              case 0 -> "UPDATE t SET a = 'new', b = b + " + n % 2 + " WHERE id = " + id;
              case 1 -> "DELETE FROM t WHERE id = " + id;
              default -> "INSERT INTO t VALUES (" + id + ", 'x', 1) ON CONFLICT DO NOTHING";
            });
      }
      List<String> expected =
          database.ask(
              "SELECT 'public.t id=' || coalesce(o.id, t.id) || CASE WHEN o.id IS NULL THEN ' EXTRA'"
                  + " WHEN t.id IS NULL THEN ' MISSING' ELSE ' CHANGED ['"
                  + " || concat_ws(', ', CASE WHEN o.a IS DISTINCT FROM t.a THEN 'a' END,"
                  + " CASE WHEN o.b IS DISTINCT FROM t.b THEN 'b' END) || ']' END"
                  + " FROM before o FULL JOIN t ON t.id = o.id WHERE o IS DISTINCT FROM t");

      VerificationReport report = database.verify();

      assertThat(expected).hasSizeGreaterThan(20);
      assertThat(differences(report)).containsExactlyInAnyOrderElementsOf(expected);
    }
  }
}

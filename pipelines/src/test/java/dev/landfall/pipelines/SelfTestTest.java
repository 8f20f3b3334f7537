package dev.landfall.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.pipelines.MovedDatabase.Source;
import dev.landfall.pipelines.api.SelfTestReport;
import dev.landfall.pipelines.api.SelfTestReport.Case;
import dev.landfall.pipelines.load.MigrateTask;
import dev.landfall.pipelines.proof.SelfTestTask;
import dev.landfall.pipelines.proof.Sight;
import dev.landfall.pipelines.verify.VerifyTask;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Secret;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.value.Rows;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults seeded in copies of real tables. */
class SelfTestTest {
  private static final String DIGITS =
      "CREATE VIEW digits AS SELECT 0 d UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4"
          + " UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9";

  private static final String GOODS =
      "CREATE TABLE goods (id int PRIMARY KEY, name varchar(20), price decimal(12,2) NOT NULL,"
          + " weight double)";

  private static final String FILL_GOODS =
      "INSERT INTO goods SELECT 1000 * (1 + 10 * a.d + b.d), concat('name ', 10 * a.d + b.d),"
          + " a.d + b.d / 10, a.d * 1.5 FROM digits a, digits b";

  @TempDir Path directory;

  /** Each case as {@code columns|type|fault|expected}, where it passed. */
  private static List<String> cases(SelfTestReport report, String table) {
    return report.cases().stream()
        .filter(c -> c.table().equals(table))
        .map(
            c ->
                String.join(",", c.columns())
                    + "|"
                    + c.type()
                    + "|"
                    + c.fault()
                    + "|"
                    + c.expected()
                    + (c.passed() ? "" : " but " + c.found()))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void eachFaultIsFoundAndNothingElse(Source server) throws SQLException {
    try (SpecBed bed = new SpecBed(server)) {
      bed.source(
          DIGITS,
          GOODS,
          FILL_GOODS,
          "CREATE TABLE keyless (a int, b int)",
          "INSERT INTO keyless VALUES (10, 20), (10, 20), (300, NULL), (4000, 5000)",
          "CREATE TABLE pairs (a int, b char(3), PRIMARY KEY (a, b))",
          "INSERT INTO pairs VALUES (100, 'x'), (200, 'yy'), (300, 'zzz')",
          "CREATE TABLE single (id varchar(10) PRIMARY KEY, b int)",
          "INSERT INTO single VALUES ('x', 1)",
          "CREATE TABLE void (id int PRIMARY KEY)");
      try (Migration migration = bed.migration("")) {
        migration.perform(new MigrateTask(false));
        SelfTestReport report = migration.perform(new SelfTestTask(List.of()));

        assertThat(report.proved()).isTrue();
        assertThat(report.unexpected()).isEmpty();
        assertThat(report.tables())
            .containsExactly(
                new SelfTestReport.Table("public.goods", 100, 0),
                new SelfTestReport.Table("public.keyless", 5, 0),
                new SelfTestReport.Table("public.pairs", 3, 0),
                new SelfTestReport.Table("public.single", 1, 0),
                new SelfTestReport.Table("public.void", 0, 0));
        assertThat(cases(report, "public.goods"))
            .containsExactlyInAnyOrder(
                "|null|the copy as it is|nothing",
                "id|integer|last digit|extra and missing",
                "id|integer|sign|extra and missing",
                "id|integer|one bit|extra and missing",
                "name|character varying(20)|trailing blank|changed in name",
                "name|character varying(20)|case of one letter|changed in name",
                "name|character varying(20)|one character|changed in name",
                "name|character varying(20)|one character less|changed in name",
                "name|character varying(20)|Unicode form|changed in name",
                "name|character varying(20)|U+0001 behind|changed in name",
                "name|character varying(20)|empty for a text|changed in name",
                "name|character varying(20)|NULL for empty|changed in name",
                "name|character varying(20)|NULL for a value|changed in name",
                "name|character varying(20)|a value for NULL|changed in name",
                "price|numeric(12,2)|last digit|changed in price",
                "price|numeric(12,2)|sign|changed in price",
                "price|numeric(12,2)|a zero behind the last digit|nothing",
                "weight|double precision|one bit|changed in weight",
                "weight|double precision|sign|changed in weight",
                "weight|double precision|sign of zero|nothing",
                "weight|double precision|NULL for a value|changed in weight",
                "weight|double precision|a value for NULL|changed in weight",
                "|null|a row missing|missing",
                "|null|a row doubled|extra",
                "id|integer|a row more|extra",
                "name|character varying(20)|empty for NULL|changed in name");
        assertThat(cases(report, "public.keyless"))
            .containsExactlyInAnyOrder(
                "|null|the copy as it is|nothing",
                "|null|one of two equal rows missing|missing",
                "a|integer|last digit|extra and missing",
                "a|integer|sign|extra and missing",
                "a|integer|one bit|extra and missing",
                "a|integer|NULL for a value|extra and missing",
                "a|integer|a value for NULL|extra and missing",
                "b|integer|last digit|extra and missing",
                "b|integer|sign|extra and missing",
                "b|integer|one bit|extra and missing",
                "b|integer|NULL for a value|extra and missing",
                "b|integer|a value for NULL|extra and missing",
                "a,b|integer|two columns swapped|extra and missing",
                "|null|a row missing|missing",
                "|null|a row doubled|extra",
                "a|integer|a row more|extra",
                "b|integer|a row more|extra");
        assertThat(cases(report, "public.pairs"))
            .containsExactlyInAnyOrder(
                "|null|the copy as it is|nothing",
                "a|integer|last digit|extra and missing",
                "a|integer|sign|extra and missing",
                "a|integer|one bit|extra and missing",
                "b|character varying(3)|trailing blank|extra and missing",
                "b|character varying(3)|case of one letter|extra and missing",
                "b|character varying(3)|one character|extra and missing",
                "b|character varying(3)|one character less|extra and missing",
                "b|character varying(3)|U+0001 behind|extra and missing",
                "b|character varying(3)|empty for a text|extra and missing",
                "|null|a row missing|missing",
                "|null|a row doubled|extra",
                "a|integer|a row more|extra",
                "b|character varying(3)|a row more|extra");
        assertThat(cases(report, "public.single"))
            .containsExactlyInAnyOrder(
                "|null|the copy as it is|nothing",
                "id|character varying(10)|trailing blank|extra and missing",
                "id|character varying(10)|case of one letter|extra and missing",
                "id|character varying(10)|one character|extra and missing",
                "id|character varying(10)|one character less|extra and missing",
                "id|character varying(10)|U+0001 behind|extra and missing",
                "id|character varying(10)|empty for a text|extra and missing",
                "b|integer|last digit|changed in b",
                "b|integer|sign|changed in b",
                "b|integer|one bit|changed in b",
                "b|integer|NULL for a value|changed in b",
                "|null|a row missing|missing",
                "|null|a row doubled|extra",
                "id|character varying(10)|a row more|extra");
        assertThat(cases(report, "public.void")).isEmpty();

        assertThat(
                bed.ask(
                    "SELECT count(*), count(*) FILTER (WHERE passed), count(DISTINCT run)"
                        + " FROM landfall.self_test"))
            .containsExactly(report.cases().size() + "|" + report.cases().size() + "|1");
        assertThat(bed.ask("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'landfall_self%'"))
            .isEmpty();
        assertThat(bed.ask("SELECT phase FROM landfall.migration")).containsExactly("DONE");
        assertThat(migration.perform(new VerifyTask(MovedDatabase.ONE_LOOK)).equal()).isTrue();
      }
    }
  }

  @Test
  void takesTheTablesThatAreNamed() throws SQLException {
    try (SpecBed bed = new SpecBed(Source.MARIADB)) {
      bed.source(
          "CREATE TABLE a (id int PRIMARY KEY)",
          "INSERT INTO a VALUES (100)",
          "CREATE TABLE b (id int PRIMARY KEY)",
          "INSERT INTO b VALUES (100)",
          "CREATE TABLE empty (id int PRIMARY KEY)");
      try (Migration migration = bed.migration("")) {
        migration.perform(new MigrateTask(false));
        assertThat(migration.perform(new SelfTestTask(List.of("b"))).tables())
            .containsExactly(new SelfTestReport.Table("public.b", 1, 0));
        assertThat(migration.perform(new SelfTestTask(List.of("public.a", "b"))).tables())
            .hasSize(2);
        assertThat(bed.ask("SELECT count(DISTINCT run) FROM landfall.self_test"))
            .containsExactly("1");
        assertThat(migration.perform(new SelfTestTask(List.of("empty"))).proved()).isFalse();
        assertThatThrownBy(() -> migration.perform(new SelfTestTask(List.of("c", "b"))))
            .isInstanceOfSatisfying(
                MigrationException.class,
                e -> assertThat(e.kind()).isEqualTo(MigrationException.Kind.USAGE))
            .hasMessage("There is no target table c; there are public.a, public.b, public.empty.");
        assertThatThrownBy(() -> migration.perform(new SelfTestTask(List.of("mysql://u:s@h/d"))))
            .hasMessageStartingWith("There is no target table ***; there are ");
      }
    }
  }

  /** A table in two, with more rows than are copied, rejects among them, and collations. */
  @Test
  void splitTablesAndRejectedRows() throws SQLException, IOException {
    try (MovedDatabase database = new MovedDatabase(Source.MARIADB)) {
      database.source(
          DIGITS,
          "CREATE TABLE users (id int PRIMARY KEY, email varchar(50), bio text)",
          "INSERT INTO users SELECT 1000 * (1 + 1000 * a.d + 100 * b.d + 10 * c.d + e.d),"
              + " concat('u', b.d, c.d, e.d), IF(e.d = 5 AND c.d = 5, concat('a', char(0)), 'bio')"
              + " FROM (SELECT d FROM digits WHERE d < 2) a, digits b, digits c, digits e");
      database.move(
          directory,
          """
          collations: icu
          mappings:
            - table: users
              split:
                - to: accounts
                  columns: [{account_id: id}, email]
                - to: profiles
                  columns: [{legacy_user_id: id}, bio]
          """);
      database.startRun();

      SelfTestReport report = run(database, UnaryOperator.identity());

      assertThat(report.tables())
          .containsExactly(
              new SelfTestReport.Table("public.accounts", 1000, 0),
              new SelfTestReport.Table("public.profiles", 990, 10));
      assertThat(report.proved()).isTrue();
      assertThat(cases(report, "public.accounts"))
          .contains("email|character varying(50)|case of one letter|changed in email");
      assertThat(cases(report, "public.profiles"))
          .contains("legacy_user_id|integer|last digit|extra and missing")
          .contains("bio|text|trailing blank|changed in bio");
    }
  }

  /** Types that only a table of the user's own has, and what PostgreSQL calls equal in them. */
  @ParameterizedTest
  @EnumSource(Source.class)
  void controlsAreNotReported(Source server) throws SQLException {
    try (SpecBed bed = new SpecBed(server)) {
      bed.source(
          "CREATE TABLE t (id int PRIMARY KEY, c char(5), n decimal(10,3), j json, w double)",
          "INSERT INTO t VALUES (100, 'ab', 1.5, '{\"b\": 1, \"a\": [2, 3]}', 0),"
              + " (200, 'abcde', 2.25, '[1, 2]', 1), (300, '', 0, '3', 2), (400, 'c', 3, '{}', 3),"
              + " (500, 'd', 4, NULL, 4), (600, NULL, NULL, '5', NULL), (700, 'e', 5, '6', 7)");
      bed.target(
          "CREATE TABLE t (id int PRIMARY KEY, c char(5), n numeric, j json, w double precision,"
              + " other text NOT NULL DEFAULT 'x')");
      try (Migration migration = bed.migration("")) {
        migration.perform(new MigrateTask(false));
        SelfTestReport report = migration.perform(new SelfTestTask(List.of()));

        assertThat(report.proved()).isTrue();
        assertThat(cases(report, "public.t"))
            .filteredOn(c -> c.endsWith("|nothing"))
            .containsExactlyInAnyOrder(
                "|null|the copy as it is|nothing",
                "c|character(5)|trailing blank|nothing",
                "n|numeric|a zero behind the last digit|nothing",
                "j|json|order of members|nothing",
                "j|json|blanks around|nothing",
                "w|double precision|sign of zero|nothing");
        assertThat(cases(report, "public.t"))
            .contains(
                "c|character(5)|case of one letter|changed in c",
                "c|character(5)|Unicode form|changed in c",
                "n|numeric|last digit|changed in n",
                "n|numeric|sign|changed in n",
                "j|json|one value|changed in j",
                "j|json|a member more|changed in j",
                "j|json|a member that is null|changed in j",
                "j|json|order of elements|changed in j");
      }
    }
  }

  private static SelfTestReport run(MovedDatabase database, UnaryOperator<Rows> sight)
      throws SQLException {
    return Sight.selfTest(
        database.settings(() -> false, 0).source(),
        database.migration(),
        database.mapping(),
        sight);
  }

  @Test
  void blindComparisonsFail() throws SQLException, IOException {
    try (MovedDatabase database = new MovedDatabase(Source.MARIADB)) {
      database.source(DIGITS, GOODS, FILL_GOODS);
      database.move(directory, "");

      database.startRun();
      SelfTestReport column = run(database, Sight.without(2));
      assertThat(column.proved()).isFalse();
      assertThat(column.unexpected()).isEmpty();
      assertThat(column.cases())
          .filteredOn(c -> !c.passed())
          .containsExactlyInAnyOrder(
              unseen("price", "numeric(12,2)", "last digit"),
              unseen("price", "numeric(12,2)", "sign"));
      assertThat(
              database.ask(
                  "SELECT columns, fault, wanted, found FROM landfall.self_test WHERE NOT passed"
                      + " ORDER BY fault"))
          .containsExactly(
              "{price}|last digit|changed in price|nothing",
              "{price}|sign|changed in price|nothing");

      database.startRun();
      SelfTestReport blanks = run(database, Sight.withoutBlanks());
      assertThat(blanks.proved()).isFalse();
      assertThat(blanks.cases())
          .filteredOn(c -> !c.passed())
          .containsExactly(unseen("name", "character varying(20)", "trailing blank"));

      database.startRun();
      SelfTestReport rows = run(database, Sight.withoutFirstRow());
      assertThat(rows.proved()).isFalse();
    }
  }

  private static Case unseen(String column, String type, String fault) {
    return new Case(
        "public.goods", List.of(column), type, fault, "changed in " + column, "nothing", false);
  }

  @Test
  void whatIsReportedWithoutAFaultFails() throws SQLException, IOException {
    try (MovedDatabase database = new MovedDatabase(Source.MARIADB)) {
      database.source(
          "CREATE TABLE t (id int PRIMARY KEY, v int NOT NULL)", "INSERT INTO t VALUES (100, 7)");
      database.move(directory, "");
      database.startRun();
      AtomicInteger looks = new AtomicInteger();

      // Rows are looked at twice for each comparison, each time first the source's.
      SelfTestReport report =
          run(
              database,
              rows -> {
                int look = looks.incrementAndGet();
                return look == 2 || look == 4 ? Sight.without(1).apply(rows) : rows;
              });

      assertThat(report.proved()).isFalse();
      assertThat(report.unexpected())
          .containsExactly(new SelfTestReport.Unexpected("public.t", "changed in v: [100]"));
      assertThat(report.cases())
          .filteredOn(c -> !c.passed())
          .containsExactly(
              new Case(
                  "public.t",
                  List.of(),
                  null,
                  "the copy as it is",
                  "nothing",
                  "changed in v",
                  false));
    }
  }

  @Test
  void aSourceThatIsWrittenToDoesNotDisturb() throws SQLException, IOException {
    try (MovedDatabase database = new MovedDatabase(Source.MARIADB)) {
      database.source(DIGITS, GOODS, FILL_GOODS);
      database.move(directory, "");
      database.startRun();
      AtomicInteger writes = new AtomicInteger();

      SelfTestReport report =
          run(
              database,
              rows -> {
                try {
                  database.source(
                      "UPDATE goods SET price = price + 1, weight = NULL, name = 'x'",
                      "DELETE FROM goods ORDER BY id LIMIT 1");
                  database.target("UPDATE goods SET price = price + 2");
                  writes.incrementAndGet();
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
                return rows;
              });

      assertThat(writes).hasPositiveValue();
      assertThat(report.proved()).isTrue();
    }
  }

  @Test
  void saysWhatToGrant() throws SQLException, IOException {
    try (MovedDatabase database = new MovedDatabase(Source.MARIADB)) {
      database.source("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (100)");
      database.move(directory, "");
      database.startRun();
      ConnectionSettings owner = database.migration().target();
      String user = owner.database() + "_reader";
      database.target("CREATE ROLE " + user + " LOGIN PASSWORD 'reader'");
      try {
        MigrationKey reader =
            new MigrationKey(
                new ConnectionSettings(
                    owner.product(),
                    owner.host(),
                    owner.port(),
                    owner.database(),
                    user,
                    Secret.of("reader"),
                    Map.of()),
                database.migration().name(),
                database.migration().run());

        assertThatThrownBy(
                () ->
                    Sight.selfTest(
                        database.settings(() -> false, 0).source(),
                        reader,
                        database.mapping(),
                        UnaryOperator.identity()))
            .isInstanceOfSatisfying(
                MigrationException.class,
                e -> assertThat(e.kind()).isEqualTo(MigrationException.Kind.FAILED))
            .hasMessageContaining(
                "GRANT CREATE ON DATABASE \"" + owner.database() + "\" TO \"" + user + "\"");
        assertThat(database.ask("SELECT * FROM landfall.self_test")).isEmpty();
      } finally {
        database.target("DROP ROLE " + user);
      }
    }
  }
}

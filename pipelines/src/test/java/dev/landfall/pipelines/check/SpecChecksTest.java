package dev.landfall.pipelines.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.MovedDatabase;
import dev.landfall.pipelines.SpecBed;
import dev.landfall.pipelines.api.RepairRequest;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.api.VerifyRequest;
import dev.landfall.pipelines.define.ApplySchemaTask;
import dev.landfall.pipelines.load.BackfillTask;
import dev.landfall.pipelines.load.MigrateTask;
import dev.landfall.pipelines.repair.RepairTask;
import dev.landfall.pipelines.verify.VerifyTask;
import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.check.Finding.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a spec's checks on real servers, and what a verification makes of it. */
class SpecChecksTest {
  /** A check as the spec has it, and its outcome. */
  private record Case(String yaml, String outcome) {}

  private static final String DIFFERENT =
      "BROKEN 1 1 difference. [CHANGED {currency=EUR} total: 30.05 / 30]";

  private static final List<Case> CASES =
      List.of(
          new Case(
              "sql: select currency, count(*) as n from accounts group by currency",
              "HELD 0 null []"),
          new Case(
              "sql: select currency, sum(balance) as total from accounts group by currency;",
              DIFFERENT),
          new Case(
              "{tolerance: 0.05, sql: 'select currency, sum(balance) as total from accounts group by"
                  + " currency'}",
              "HELD 0 null []"),
          new Case(
              "{tolerance: 0.0499, sql: 'select currency, sum(balance) as total from accounts group"
                  + " by currency'}",
              DIFFERENT),
          new Case(
              "{tolerance: 0.2%, sql: 'select currency, sum(balance) as total from accounts group by"
                  + " currency'}",
              "HELD 0 null []"),
          new Case(
              "{tolerance: 0.1%, sql: 'select currency, sum(balance) as total from accounts group by"
                  + " currency'}",
              DIFFERENT),
          new Case(
              "{source: 'select sum(balance) as s from accounts', target: 'select 60.05'}",
              "HELD 0 null []"),
          new Case(
              "{key: [id], sql: 'select id, note from accounts'}",
              "BROKEN 4 4 differences. [CHANGED {id=2} note: null / ,"
                  + " CHANGED {id=3} note: ; semi / semi, MISSING {id=5, note=gone} null: null /"
                  + " null, EXTRA {id=6, note=new} null: null / null]"),
          new Case(
              "sql: select id, note from accounts",
              "FAILED 0 there are several rows, and nothing to match them by: the first column is a"
                  + " number. Name the columns that tell rows apart: `key: [id]`. []"),
          new Case(
              "{key: [nothing], sql: 'select id, note from accounts'}",
              "FAILED 0 key names nothing, but the queries give id, note. []"),
          new Case(
              "{key: [currency], sql: 'select currency, note from accounts'}",
              "FAILED 0 the target gives two rows with {currency=EUR}. Name the columns that tell"
                  + " rows apart as `key:`. []"),
          new Case(
              "{source: 'select 1, 2', target: 'select 1'}",
              "FAILED 0 the source's query gives 2 columns and the target's 1; both must give as"
                  + " many. []"),
          new Case(
              "{source: 'select 1 as v', target: 'select nothing from accounts'}",
              "FAILED 0 the target refused its query: ERROR: column \"nothing\" does not exist"),
          new Case(
              "{source: 'select 1 as v', target: 'with gone as (delete from accounts returning 1)"
                  + " select 1 from gone'}",
              "FAILED 0 the target refused its query: ERROR: cannot execute SELECT in a read-only"
                  + " transaction []"),
          new Case(
              "{timeout: 1s, source: 'select 1 as v', target: 'select 1 from pg_sleep(20)'}",
              "FAILED 0 the target's query took longer than 1 s. Let it do less, or give the check a"
                  + " longer `timeout:`. []"),
          new Case(
              "{expect: none, source: 'select 1 from accounts a, accounts b where a.id < 0',"
                  + " target: 'select * from generate_series(1, 100001)'}",
              "FAILED 0 the target's query gives more than 100000 rows. Let it sum them up, or choose"
                  + " fewer. []"),
          new Case(
              "{expect: none, sql: 'select id from accounts where balance < 0'}", "HELD 0 null []"),
          new Case(
              "{expect: none, sql: 'select id, note from accounts where id = 6'}",
              "BROKEN 1 1 row where there must be none. [IN_TARGET {id=6, note=new} null: null /"
                  + " null]"),
          new Case(
              "{source: 'select opened, live from accounts where id = 1',"
                  + " target: 'select opened, live from accounts where id = 1'}",
              "HELD 0 null []"));

  @ParameterizedTest
  @EnumSource(MovedDatabase.Source.class)
  void outcomes(MovedDatabase.Source server) throws Exception {
    try (SpecBed bed = new SpecBed(server)) {
      bed.source(
          "CREATE TABLE accounts (id int PRIMARY KEY, currency char(3), balance decimal(10,2),"
              + " note varchar(20), opened datetime(3), live tinyint(1))",
          "INSERT INTO accounts VALUES (1, 'EUR', 10.02, 'a', '2020-01-01 10:00:00.500', 1),"
              + " (2, 'EUR', 20.03, NULL, NULL, 0), (3, 'USD', 30, '; semi', NULL, 1),"
              + " (5, 'CHF', 0, 'gone', NULL, 0)");
      try (Migration migration = bed.migration("")) {
        migration.perform(new MigrateTask(false));
      }
      bed.target(
          "UPDATE accounts SET balance = 20.00 WHERE id = 2",
          "UPDATE accounts SET balance = 10.00 WHERE id = 1",
          "UPDATE accounts SET note = '' WHERE id = 2",
          "UPDATE accounts SET note = 'semi' WHERE id = 3",
          "DELETE FROM accounts WHERE id = 5",
          "INSERT INTO accounts (id, currency, balance, note) VALUES (6, 'CHF', 0, 'new')");
      StringBuilder spec = new StringBuilder("checks:\n");
      for (int i = 0; i < CASES.size(); i++) {
        String yaml = CASES.get(i).yaml();
        String fields = yaml.startsWith("{") ? yaml.substring(1) : null;
        spec.append(
            fields == null
                ? "  - name: c" + i + "\n    " + yaml + "\n"
                : "  - {name: c" + i + ", " + fields + "\n");
      }
      try (Migration migration = bed.migration(spec.toString())) {
        VerificationReport report = migration.perform(new VerifyTask());

        List<String> expected = new ArrayList<>();
        List<String> found = new ArrayList<>();
        for (int i = 0; i < CASES.size(); i++) {
          String outcome = CASES.get(i).outcome();
          String text = text(report.checks().get(i));
          expected.add("c" + i + " " + outcome);
          // What a server adds to its message is its own.
          found.add(
              outcome.endsWith("]") || !text.startsWith("c" + i + " " + outcome)
                  ? text
                  : "c" + i + " " + outcome);
        }
        assertThat(found).containsExactlyElementsOf(expected);
        assertThat(report.holds()).isFalse();
        assertThat(migration.snapshot().broken())
            .hasSize((int) CASES.stream().filter(c -> !c.outcome().startsWith("HELD")).count())
            .contains("check \"c1\" is broken: 1 difference.");
      }
    }
  }

  private static String text(CheckResult check) {
    return check.name()
        + " "
        + check.outcome()
        + " "
        + check.differences()
        + " "
        + check.message()
        + " "
        + check.findings().stream()
            .map(
                r ->
                    r.kind()
                        + " "
                        + r.key()
                        + " "
                        + r.object()
                        + ": "
                        + r.expected()
                        + " / "
                        + r.found())
            .collect(Collectors.joining(", ", "[", "]"));
  }

  @ParameterizedTest
  @EnumSource(MovedDatabase.Source.class)
  void aSchemaIsPartOfEveryVerification(MovedDatabase.Source server) throws Exception {
    try (SpecBed bed = new SpecBed(server);
        Migration migration = bed.migration("")) {
      bed.source(
          "CREATE TABLE parents (id int PRIMARY KEY, name varchar(20) UNIQUE)",
          "CREATE TABLE children (id int PRIMARY KEY, parent int,"
              + " CONSTRAINT of_parent FOREIGN KEY (parent) REFERENCES parents (id))",
          "INSERT INTO parents VALUES (1, 'a')",
          "SET FOREIGN_KEY_CHECKS = 0",
          "INSERT INTO children VALUES (1, 1), (2, 7)");
      migration.perform(new ApplySchemaTask(true, false));
      migration.perform(new BackfillTask());
      VerificationReport early = migration.perform(new VerifyTask());
      assertThat(early.holds()).isTrue();
      assertThat(Objects.requireNonNull(early.schema()).findings()).isEmpty();
      assertThat(early.schema().notes())
          .containsExactly(
              "Keys and indexes are not made yet, so they were not compared: landfall schema --apply"
                  + " post makes them.");

      migration.perform(new MigrateTask(true));
      assertThat(migration.snapshot().broken()).isEmpty();
      VerificationReport moved = migration.perform(new VerifyTask());
      assertThat(moved.holds()).isTrue();
      // The row that refers to nothing is in the source too: the migration said so.
      assertThat(Objects.requireNonNull(moved.schema()).findings())
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.severity()).isEqualTo(Severity.KNOWN);
                assertThat(finding.found()).endsWith(" NOT VALID, 1 row refers to nothing");
                assertThat(finding.reason()).contains("1 row breaks it, in the source as well");
              });

      bed.target("ALTER TABLE children DROP CONSTRAINT children_pkey");
      VerificationReport broken = migration.perform(new VerifyTask());
      assertThat(broken.equal()).isTrue();
      assertThat(broken.holds()).isFalse();
      assertThat(migration.snapshot().broken())
          .containsExactly(
              "public.children: key children_pkey: promised PRIMARY KEY (id), found none");
      VerificationReport rowsOnly =
          migration.perform(new VerifyTask(VerifyRequest.builder().setSchema(false).build()));
      assertThat(rowsOnly.schema()).isNull();
      assertThat(rowsOnly.holds()).isTrue();

      // Whoever forgets what is old keeps what stands.
      bed.target("UPDATE landfall.run SET ended = ended - interval '91 days'");
      migration.journal().prune(Duration.ofDays(90));
      assertThat(migration.snapshot().broken()).hasSize(1);

      // Nothing is there after the load any more, but it was.
      bed.target(
          "ALTER TABLE children DROP CONSTRAINT of_parent",
          "ALTER TABLE parents DROP CONSTRAINT parents_pkey CASCADE");
      assertThat(Objects.requireNonNull(migration.perform(new VerifyTask()).schema()).holds())
          .isFalse();
    }
  }

  @Test
  void theSourceIsNotBlamedForWhatRejectsOrWritesDid() throws Exception {
    try (SpecBed bed = new SpecBed(MovedDatabase.Source.MARIADB);
        Migration migration = bed.migration("load: {rejects: 10}")) {
      bed.source(
          "SET sql_mode = ''",
          "CREATE TABLE users (id int PRIMARY KEY, born date NOT NULL)",
          "CREATE TABLE places (id int PRIMARY KEY)",
          "CREATE TABLE children (id int PRIMARY KEY, user int, place int,"
              + " CONSTRAINT of_user FOREIGN KEY (user) REFERENCES users (id),"
              + " CONSTRAINT of_place FOREIGN KEY (place) REFERENCES places (id))",
          "INSERT INTO users VALUES (1, '2000-01-01'), (2, '0000-00-00'), (3, '0000-00-00')",
          "INSERT INTO places VALUES (1), (2)",
          "INSERT INTO children VALUES (1, 1, 1), (2, 2, 2), (3, 2, NULL), (4, 3, 2)");
      migration.perform(new ApplySchemaTask(true, false));
      migration.perform(new BackfillTask());
      // As if it was written behind the load of its table.
      bed.target("DELETE FROM places WHERE id = 2");
      migration.perform(new ApplySchemaTask(false, true));
      assertThat(migration.snapshot().warnings())
          .satisfiesExactlyInAnyOrder(
              user ->
                  assertThat(user)
                      .startsWith(
                          "public.children: of_user holds for new rows only (NOT VALID): 3 rows"
                              + " break it; in the source none does now: 2 rows of "
                              + bed.sourceName()
                              + ".users could not be loaded (landfall.reject has each), and others"
                              + " refer to such rows. Count them with: "),
              place ->
                  assertThat(place)
                      .startsWith(
                          "public.children: of_place holds for new rows only (NOT VALID): 2 rows"
                              + " break it; in the source none does now: rows that they refer to"
                              + " are in the source but not here, as of writes during the load;"
                              + " landfall verify names them"));

      assertThat(migration.perform(new VerifyTask()).differences()).hasSize(3);
      migration.perform(new RepairTask(RepairRequest.builder().setExecute(true).build()));

      assertThat(migration.snapshot().warnings())
          .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
          .startsWith("public.children: of_user holds for new rows only (NOT VALID): 3 rows break");
      assertThat(
              bed.ask(
                  "SELECT conname, convalidated FROM pg_constraint WHERE conname LIKE 'of!_%' ESCAPE '!'"
                      + " ORDER BY conname"))
          .containsExactly("of_place|t", "of_user|f");

      // What was mended is nobody's fault any more.
      bed.target(
          "UPDATE landfall.reject SET mended = clock_timestamp()",
          "DELETE FROM children WHERE id = 3");
      migration.perform(new ApplySchemaTask(false, true));
      assertThat(migration.snapshot().warnings())
          .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
          .contains("2 rows break it; in the source none does now: rows that they refer to are in");
    }
  }
}

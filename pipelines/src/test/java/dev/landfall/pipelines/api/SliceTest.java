package dev.landfall.pipelines.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.MovedDatabase;
import dev.landfall.pipelines.SpecBed;
import dev.landfall.pipelines.load.MigrateTask;
import dev.landfall.pipelines.verify.VerifyTask;
import dev.landfall.transforms.ledger.Snapshot;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SliceTest {
  private static final String DIGITS =
      "CREATE TABLE digit AS SELECT 0 AS d UNION SELECT 1 UNION SELECT 2 UNION SELECT 3"
          + " UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8"
          + " UNION SELECT 9";

  private static final String THOUSAND =
      " FROM (SELECT a.d + 10 * b.d + 100 * c.d + 1 AS n FROM digit a, digit b, digit c) t";

  private static final String SPEC = "tables: {exclude: [digit]}\nload: {chunkRows: 50}\n";

  private static void fill(SpecBed bed) throws SQLException {
    bed.source(
        DIGITS,
        "CREATE TABLE ints (id int PRIMARY KEY, v int)",
        "CREATE TABLE names (name varchar(20) PRIMARY KEY, v int)",
        "CREATE TABLE pairs (a int NOT NULL, b datetime NOT NULL, v int, PRIMARY KEY (a, b))",
        "CREATE TABLE rest (v int)",
        "INSERT INTO ints SELECT n * 10, n" + THOUSAND,
        "INSERT INTO names SELECT concat('n', n), n" + THOUSAND + " WHERE n <= 200",
        "INSERT INTO pairs SELECT n % 7, '2024-01-01' + INTERVAL n HOUR, n" + THOUSAND,
        "INSERT INTO rest SELECT n" + THOUSAND + " WHERE n <= 100",
        "ANALYZE TABLE ints, names, pairs, rest");
  }

  private static VerificationReport slice(Migration migration, String share) {
    return migration.perform(
        new VerifyTask(VerifyRequest.builder().setSlice(Slice.parse(share)).build()));
  }

  private static Reconciliation.Pass pass(VerificationReport report) {
    return Objects.requireNonNull(Objects.requireNonNull(report.reconciliation()).pass());
  }

  private static List<String> found(VerificationReport report) {
    return report.differences().stream()
        .map(d -> d.table() + " " + d.key() + " " + d.kind())
        .toList();
  }

  @ParameterizedTest
  @EnumSource(MovedDatabase.Source.class)
  void aPassFindsEachDifferenceOnceWhileTablesGrowAndShrink(MovedDatabase.Source server)
      throws SQLException {
    try (SpecBed bed = new SpecBed(server)) {
      fill(bed);
      try (Migration migration = bed.migration(SPEC)) {
        migration.perform(new MigrateTask(false));
        bed.target(
            "UPDATE ints SET v = -1 WHERE id % 1000 = 0",
            "DELETE FROM pairs WHERE v % 100 = 7",
            "UPDATE names SET v = -1 WHERE name = 'n77'",
            "INSERT INTO rest VALUES (-5)");
        List<String> expected = new ArrayList<>();
        for (int id = 1000; id <= 10_000; id += 1000) {
          expected.add("public.ints {id=" + id + "} CHANGED");
        }
        for (int n = 7; n <= 1000; n += 100) {
          expected.add(
              "public.pairs {a="
                  + n % 7
                  + ", b="
                  + java.time.LocalDateTime.of(2024, 1, 1, 0, 0)
                      .plusHours(n)
                      .format(java.time.format.DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss"))
                  + "} MISSING");
        }
        expected.add("public.names {name=n77} CHANGED");
        expected.add("public.rest {v=-5} EXTRA");

        List<String> found = new ArrayList<>();
        long compared = 0;
        int runs = 0;
        Reconciliation.Pass pass;
        double share = 0;
        do {
          VerificationReport report = slice(migration, "1/8");
          found.addAll(found(report));
          long rows = report.tables().stream().mapToLong(TableResult::sourceRows).sum();
          assertThat(rows).isLessThan(700);
          compared += rows;
          pass = pass(report);
          assertThat(pass.share()).isGreaterThan(share);
          share = pass.share();
          assertThat(report.tables().size() + pass.notCompared().size()).isEqualTo(4);
          runs++;
          // Rows before, around and behind what is compared come, and rows go, on both sides.
          int run = runs;
          for (SpecBed.Run sql : List.<SpecBed.Run>of(bed::source, bed::target)) {
            sql.run(
                "DELETE FROM ints WHERE id % 10 = 0 AND id % 1000 <> 0 AND id / 10 % 13 = " + run,
                "INSERT INTO ints VALUES ("
                    + -run
                    + ", 1), ("
                    + (run * 1300 + 3)
                    + ", 1), ("
                    + (20_000 + run)
                    + ", 2)",
                "INSERT INTO pairs VALUES (" + run + ", '2030-01-01 00:00:00', 5)");
          }
        } while (!pass.finished() && runs < 30);

        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(runs).isBetween(6, 14);
        assertThat(compared).isBetween(2000L, 2400L);
        assertThat(bed.ask("SELECT count(*), count(finished) FROM landfall.pass"))
            .containsExactly("1|1");
        assertThat(bed.ask("SELECT count(*) FROM landfall.difference WHERE is_new"))
            .containsExactly("22");

        VerificationReport next = slice(migration, "1/1");

        assertThat(found(next)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(pass(next).finished()).isTrue();
        assertThat(Objects.requireNonNull(next.reconciliation()).newDifferences()).isZero();
        assertThat(bed.ask("SELECT count(*), count(finished) FROM landfall.pass"))
            .containsExactly("2|2");
      }
    }
  }

  @Test
  void whatASliceLeavesOutIsNotCalledEqual() throws SQLException {
    try (SpecBed bed = new SpecBed(MovedDatabase.Source.MARIADB)) {
      fill(bed);
      try (Migration migration = bed.migration(SPEC)) {
        migration.perform(new MigrateTask(false));

        Reconciliation.Pass first = pass(slice(migration, "1/10"));

        assertThat(first.finished()).isFalse();
        assertThat(first.notCompared())
            .containsExactly("public.names", "public.pairs", "public.rest");
        assertThat(first.ranges()).hasSize(1);
        assertThat(first.ranges().get(0).key()).containsExactly("id");
        assertThat(first.ranges().get(0).start()).isNull();
        assertThat(first.ranges().get(0).end()).isNotNull();
        assertThat(verdicts(migration)).containsOnly(Snapshot.Verdict.NOT_VERIFIED);

        bed.target("UPDATE ints SET v = -1 WHERE id = 10000");
        while (!pass(slice(migration, "2/10")).finished()) {
          assertThat(verdicts(migration).get(0)).isNotEqualTo(Snapshot.Verdict.EQUAL);
        }

        assertThat(verdicts(migration))
            .containsExactly(
                Snapshot.Verdict.DIFFERENT,
                Snapshot.Verdict.EQUAL,
                Snapshot.Verdict.EQUAL,
                Snapshot.Verdict.EQUAL);

        bed.target("UPDATE ints SET v = 1000 WHERE id = 10000");
        slice(migration, "1/10");

        // The row that differed is still to come.
        assertThat(verdicts(migration).get(0)).isEqualTo(Snapshot.Verdict.DIFFERENT);
        migration.perform(new VerifyTask());
        assertThat(verdicts(migration)).containsOnly(Snapshot.Verdict.EQUAL);
      }
    }
  }

  private static List<Snapshot.Verdict> verdicts(Migration migration) {
    return migration.snapshot().tables().stream().map(Snapshot.Table::verified).toList();
  }

  /** However long ago it was, and whatever was compared since. */
  @Test
  void whatAPassUnderWayStandsOnIsNotForgotten() throws SQLException {
    try (SpecBed bed = new SpecBed(MovedDatabase.Source.MARIADB)) {
      fill(bed);
      try (Migration migration = bed.migration(SPEC)) {
        migration.perform(new MigrateTask(false));
        Reconciliation.Pass first = pass(slice(migration, "1/4"));
        migration.perform(new VerifyTask(VerifyRequest.builder().build()));
        bed.target("UPDATE landfall.run SET ended = ended - interval '91 days'");
        migration.journal().prune(Duration.ofDays(90));

        Reconciliation.Pass second = pass(slice(migration, "1/4"));

        assertThat(second.began()).isEqualTo(first.began());
        assertThat(second.share()).isGreaterThan(first.share() + 0.1);
        assertThat(second.ranges().get(0)).isNotEqualTo(first.ranges().get(0));
      }
    }
  }

  @Test
  void aRunThatFailsTakesNothingOffThePass() throws SQLException {
    try (SpecBed bed = new SpecBed(MovedDatabase.Source.MARIADB)) {
      fill(bed);
      try (Migration migration = bed.migration(SPEC)) {
        migration.perform(new MigrateTask(false));
        Reconciliation.Range first = pass(slice(migration, "1/10")).ranges().get(0);
        bed.target("ALTER TABLE ints RENAME COLUMN v TO w");

        assertThatThrownBy(() -> slice(migration, "1/10")).isInstanceOf(RuntimeException.class);

        bed.target("ALTER TABLE ints RENAME COLUMN w TO v");
        Reconciliation.Range second = pass(slice(migration, "1/10")).ranges().get(0);
        assertThat(second.start()).isEqualTo(first.end());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0/4", "5/4", "1", "1/0", "a/b", "1/24/2", "-1/4"})
  void refusesWhatIsNoShare(String text) {
    assertThatThrownBy(() -> Slice.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"1/24, 240, 10", "1/24, 241, 11", "1/1, 7, 7", "3/4, 10, 8", "1/9, 0, 1"})
  void isAShareOfRows(String text, long all, long rows) {
    assertThat(Slice.parse(text).rows(all)).isEqualTo(rows);
  }
}

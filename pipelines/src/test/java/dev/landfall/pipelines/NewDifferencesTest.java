package dev.landfall.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.pipelines.api.Reconciliation;
import dev.landfall.pipelines.api.Slice;
import dev.landfall.pipelines.api.TableResult;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.api.VerifyRequest;
import dev.landfall.pipelines.load.MigrateTask;
import dev.landfall.pipelines.verify.VerifyTask;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.ledger.Alarm;
import dev.landfall.transforms.ledger.HistoryEntry;
import dev.landfall.transforms.ledger.Snapshot;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class NewDifferencesTest {
  private static Reconciliation verify(Migration migration) {
    return Objects.requireNonNull(migration.perform(new VerifyTask()).reconciliation());
  }

  private static Reconciliation verify(Migration migration, int maxDifferences) {
    return Objects.requireNonNull(
        migration
            .perform(
                new VerifyTask(VerifyRequest.builder().setMaxDifferences(maxDifferences).build()))
            .reconciliation());
  }

  private static SpecBed filled() throws SQLException {
    SpecBed bed = new SpecBed(MovedDatabase.Source.MARIADB);
    bed.source(
        "CREATE TABLE a (id decimal(9,2) PRIMARY KEY, v int)",
        "CREATE TABLE b (at datetime(3) PRIMARY KEY, v int)",
        "INSERT INTO a VALUES (1, 1), (2, 2), (3, 3), (4, 4), (5, 5)",
        "INSERT INTO b VALUES ('2024-01-01 00:00:00.120', 1), ('2024-01-02 00:00:00', 2)");
    return bed;
  }

  @Test
  void aDifferenceIsNewOnce() throws SQLException {
    try (SpecBed bed = filled();
        Migration migration = bed.migration("")) {
      migration.perform(new MigrateTask(false));
      assertThat(verify(migration).newDifferences()).isZero();

      bed.target("UPDATE a SET v = -1 WHERE id IN (2, 3)");
      Reconciliation first = verify(migration);
      assertThat(first.newDifferences()).isEqualTo(2);
      assertThat(verify(migration).newDifferences()).isZero();

      // The same keys, named by the source this time; and another one.
      bed.target("DELETE FROM a WHERE id = 2", "DELETE FROM b WHERE v = 1");
      Reconciliation second = verify(migration);
      assertThat(second.newDifferences()).isEqualTo(1);
      Alarm alarm = migration.journal().alarm(second.run());
      assertThat(alarm.firstNew())
          .containsExactly(
              new Alarm.Difference(
                  bed.sourceName() + ".b",
                  "public.b",
                  "{\"at\": \"2024-01-01 00:00:00.120\"}",
                  "MISSING"));
      assertThat(List.of(alarm.tables(), alarm.rowsCompared(), alarm.differences()))
          .containsExactly(2L, 7L, 3L);

      // Named by the target, which prints no more digits than there are.
      bed.target("INSERT INTO b VALUES ('2024-01-01 00:00:00.12', -1)");
      assertThat(verify(migration).newDifferences()).isZero();

      bed.target("INSERT INTO a VALUES (2, 2)");
      assertThat(verify(migration).newDifferences()).isZero();
      bed.target("UPDATE a SET v = -5 WHERE id = 2");
      assertThat(verify(migration).newDifferences()).isEqualTo(1);
    }
  }

  @Test
  void thoseWithoutANameCountByHowManyMoreThereAre() throws SQLException {
    try (SpecBed bed = filled();
        Migration migration = bed.migration("")) {
      migration.perform(new MigrateTask(false));
      bed.target("UPDATE a SET v = -1 WHERE id <= 2");
      assertThat(verify(migration, 1).newDifferences()).isEqualTo(2);
      assertThat(verify(migration, 1).newDifferences()).isZero();
      bed.target("UPDATE a SET v = -1 WHERE id = 5");
      assertThat(verify(migration, 1).newDifferences()).isEqualTo(1);
      bed.target("UPDATE a SET v = id");
      assertThat(verify(migration, 1).newDifferences()).isZero();

      // Counts name nothing; what they tell of was known, by a count or by its keys.
      bed.target("DELETE FROM a WHERE id <= 2");
      assertThat(count(migration)).isEqualTo(2);
      assertThat(count(migration)).isZero();
      bed.target("DELETE FROM a WHERE id = 3");
      assertThat(count(migration)).isEqualTo(1);
      verify(migration);
      assertThat(count(migration)).isZero();
      Snapshot.Compared said =
          Objects.requireNonNull(migration.snapshot().tables().get(0).compared());
      assertThat(said.level() + " " + said.differences()).isEqualTo("CHECKSUM 3");
    }
  }

  private static long count(Migration migration) {
    VerifyRequest request = VerifyRequest.builder().setLevel(VerifyRequest.Level.COUNT).build();
    return Objects.requireNonNull(migration.perform(new VerifyTask(request)).reconciliation())
        .newDifferences();
  }

  @Test
  void theHistoryHasRunsAndThoseThatCouldNotStart() throws SQLException {
    try (SpecBed bed = filled();
        Migration migration = bed.migration("")) {
      assertThat(migration.journal().history(5)).isEmpty();
      migration
          .journal()
          .couldNotStart("verify", Instant.now(), MigrationException.Kind.HELD, "nobody there");
      migration.perform(new MigrateTask(false));
      bed.target("DELETE FROM a WHERE id = 1");
      verify(migration);
      migration
          .journal()
          .couldNotStart("verify", Instant.now(), MigrationException.Kind.HELD, "held by me");
      migration.perform(
          new VerifyTask(VerifyRequest.builder().setSlice(Slice.parse("1/1")).build()));

      List<HistoryEntry> entries = migration.journal().history(10);

      assertThat(entries)
          .extracting(
              e ->
                  e.command()
                      + " "
                      + e.outcome()
                      + " "
                      + e.level()
                      + " "
                      + e.slice()
                      + " "
                      + e.rowsCompared()
                      + " "
                      + e.differences()
                      + " "
                      + e.newDifferences()
                      + " "
                      + e.message())
          .containsExactly(
              "verify DONE CHECKSUM 1/1 7 1 0 null",
              "verify HELD null null null null null held by me",
              "verify DONE CHECKSUM null 7 1 1 null",
              "migrate DONE null null null null null null");
      assertThat(entries).allMatch(e -> !e.started().isAfter(Objects.requireNonNull(e.ended())));
      assertThat(migration.journal().history(1)).hasSize(1);
    }
  }

  @Test
  void anAlarmIsKeptWithItsVerdict() throws SQLException {
    try (SpecBed bed = filled();
        Migration migration = bed.migration("")) {
      migration.perform(new MigrateTask(false));
      VerifyRequest request = VerifyRequest.builder().setAlarm(true).build();
      migration.perform(new VerifyTask(request));
      assertThat(migration.journal().untold()).isEmpty();

      bed.target("UPDATE a SET v = -1 WHERE id = 2");
      migration.perform(new VerifyTask(request));

      // The process may end here: nobody has told anything yet.
      assertThat(migration.journal().untold())
          .isEqualTo(List.of(migration.journal().history(1).get(0).run()));
      bed.target("UPDATE a SET v = -1 WHERE id = 3");
      migration.perform(new VerifyTask());
      assertThat(migration.journal().untold()).hasSize(1);
    }
  }

  @Test
  void anAlarmThatReachedNobodyIsKept() throws SQLException {
    try (SpecBed bed = filled();
        Migration migration = bed.migration("")) {
      assertThat(migration.journal().untold()).isEmpty();
      migration.perform(new MigrateTask(false));
      long run = verify(migration).run();

      migration.journal().told(run, "nobody there");

      assertThat(migration.journal().untold()).containsExactly(run);
      assertThat(migration.journal().history(1).get(0).message()).isEqualTo("nobody there");
      migration.journal().told(run, null);
      assertThat(migration.journal().untold()).isEmpty();
      assertThat(migration.journal().history(1).get(0).alarm()).isEqualTo("TOLD");
    }
  }

  @Test
  void whatIsOldIsForgottenButNotTheLastWord() throws SQLException {
    try (SpecBed bed = filled();
        Migration migration = bed.migration("")) {
      migration.perform(new MigrateTask(false));
      verify(migration);
      bed.target("DELETE FROM a WHERE id = 1");
      verify(migration);
      migration
          .journal()
          .couldNotStart("verify", Instant.now(), MigrationException.Kind.HELD, "held by me");
      bed.target(
          "UPDATE landfall.run SET ended = ended - interval '91 days'",
          "UPDATE landfall.event SET at = at - interval '89 days' WHERE kind = 'REFUSED'");

      migration.journal().prune(Duration.ofDays(90));

      // The move, the newer of the two verifications, and what is not old.
      assertThat(bed.ask("SELECT command FROM landfall.run ORDER BY id"))
          .containsExactly("migrate", "verify");
      assertThat(bed.ask("SELECT count(*) FROM landfall.difference")).containsExactly("1");
      assertThat(bed.ask("SELECT count(*) FROM landfall.event WHERE kind = 'REFUSED'"))
          .containsExactly("1");
      assertThat(migration.snapshot().tables())
          .extracting(Snapshot.Table::verified)
          .containsExactly(Snapshot.Verdict.DIFFERENT, Snapshot.Verdict.EQUAL);

      migration.journal().prune(Duration.ofDays(88));

      assertThat(bed.ask("SELECT count(*) FROM landfall.event WHERE kind = 'REFUSED'"))
          .containsExactly("0");
      assertThat(bed.ask("SELECT count(*) FROM landfall.run")).containsExactly("2");
      assertThat(verify(migration).newDifferences()).isZero();
    }
  }

  @Test
  void limitsChangeNothingThatIsFound() throws SQLException {
    try (SpecBed bed = filled();
        Migration migration = bed.migration("")) {
      migration.perform(new MigrateTask(false));
      bed.target("DELETE FROM a WHERE id = 1", "UPDATE b SET v = 9 WHERE v = 2");

      VerificationReport report =
          migration.perform(
              new VerifyTask(
                  VerifyRequest.builder()
                      .setMaxRowsPerSecond(50)
                      .setMaxConnections(1)
                      .setPause(Duration.ofMillis(1))
                      .build()));

      assertThat(report.differences()).hasSize(2);
      assertThat(report.tables()).extracting(TableResult::sourceRows).containsExactly(5L, 2L);
    }
  }
}

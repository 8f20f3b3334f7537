package dev.landfall.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.pipelines.MovedDatabase.Source;
import dev.landfall.pipelines.api.PipelineLauncher;
import dev.landfall.pipelines.api.Running;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.check.InRun;
import dev.landfall.pipelines.check.SourceWatch;
import dev.landfall.pipelines.load.BackfillTask;
import dev.landfall.pipelines.load.MigrateTask;
import dev.landfall.pipelines.prepare.Preparation;
import dev.landfall.pipelines.prepare.Prepared;
import dev.landfall.pipelines.report.MakeReport;
import dev.landfall.pipelines.report.Verdict;
import dev.landfall.pipelines.run.ResetMigration;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.pipelines.verify.VerifyTask;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.check.Finding.Severity;
import dev.landfall.transforms.ledger.CheckLedger;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.NewestRun;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Either side altered by somebody while a run goes on. */
class AlteredMeanwhileTest {
  private SpecBed bed;

  @BeforeEach
  void tables() throws SQLException {
    bed = new SpecBed(Source.MARIADB);
    bed.source(
        "CREATE TABLE users (id int PRIMARY KEY, v int)",
        "CREATE TABLE old_users (id int PRIMARY KEY, v int)",
        "INSERT INTO users VALUES (1, 1), (2, 2)",
        "INSERT INTO old_users VALUES (1, 1), (2, 2)");
  }

  @AfterEach
  void close() throws SQLException {
    bed.close();
  }

  /** A migration in which something happens, at every command's first job of a kind. */
  private Migration migration(PipelineLauncher.Work when, SpecBed.Run where, String what) {
    DirectLauncher direct = new DirectLauncher();
    Set<String> runs = new HashSet<>();
    return SpecMigration.of(
        bed.spec(""),
        new PipelineLauncher() {
          @Override
          public Pipeline create(Work work, String name) {
            String run = name.substring(name.lastIndexOf(' '));
            if (work == when && runs.add(run)) {
              try {
                where.run(what.split(";"));
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            }
            return direct.create(work, name);
          }

          @Override
          public Running start(Pipeline pipeline, JobListener listener) {
            return direct.start(pipeline, listener);
          }

          @Override
          public int lanes() {
            return direct.lanes();
          }

          @Override
          public boolean remote() {
            return false;
          }
        });
  }

  @Test
  void aColumnThatTheLoadDidNotKnowIsTold() throws SQLException {
    String added =
        bed.sourceName()
            + ".users: source column z: promised none, found int(11);"
            + " added to the source meanwhile, and not moved";
    try (Migration migration =
        migration(PipelineLauncher.Work.LOAD, bed::source, "ALTER TABLE users ADD COLUMN z int")) {
      migration.perform(new MigrateTask(false));
      assertThat(migration.snapshot().broken()).containsExactly(added);
      assertThat(migration.snapshot().newest()).isEqualTo(new NewestRun(false, List.of(added)));
      assertThat(
              bed.ask(
                  "SELECT kind, outcome = 'HELD' FROM landfall.check_finding JOIN"
                      + " landfall.check_result USING (run, position)"))
          .containsExactly("SOURCE_COLUMN|f");
      assertThat(migration.perform(new MakeReport()).verdict().doubts())
          .contains(Verdict.Doubt.SCHEMA);
    }
    bed.source("ALTER TABLE users DROP COLUMN z");
    try (Migration migration = bed.migration("")) {
      migration.perform(new BackfillTask());
      assertThat(migration.snapshot().broken()).isEmpty();
      assertThat(migration.perform(new MakeReport()).verdict().doubts())
          .doesNotContain(Verdict.Doubt.SCHEMA);
      assertThat(migration.perform(new VerifyTask(MovedDatabase.ONE_LOOK)).holds()).isTrue();
      assertThat(migration.snapshot().broken()).isEmpty();
    }
    try (Migration migration =
        migration(
            PipelineLauncher.Work.COMPARE, bed::source, "ALTER TABLE users ADD COLUMN z int")) {
      for (boolean schema : List.of(true, false)) {
        VerificationReport report =
            migration.perform(
                new VerifyTask(MovedDatabase.ONE_LOOK.toBuilder().setSchema(schema).build()));
        assertThat(report.equal()).isTrue();
        assertThat(report.holds()).isFalse();
        assertThat(findings(report.schema())).containsExactly("source column z");
        assertThat(migration.snapshot().broken()).containsExactly(added);
        bed.source("ALTER TABLE users DROP COLUMN z");
      }
    }
  }

  @Test
  void whatALoadFindsHidesNothingThatAVerificationFound() throws SQLException {
    Spec spec = bed.spec("");
    try (Migration migration = bed.migration("")) {
      migration.perform(new MigrateTask(false));
      bed.target("ALTER TABLE users DROP CONSTRAINT users_pkey");
      assertThat(migration.perform(new VerifyTask(MovedDatabase.ONE_LOOK)).holds()).isFalse();

      Prepared prepared = Preparation.prepare(spec);
      SourceWatch watch = new SourceWatch();
      watch.look(at(spec, prepared, 0));
      bed.source("ALTER TABLE users ADD COLUMN z int");
      bed.target(
          "INSERT INTO landfall.run (migration, command, activity, holder)"
              + " SELECT name, 'backfill', 'LOAD', 'me' FROM landfall.migration");
      long run = Long.parseLong(bed.ask("SELECT max(id) FROM landfall.run").get(0));
      List<CheckResult> found = watch.lookBehind(at(spec, prepared, run));
      new CheckLedger(bed.targetConnection()).keep(run, watch.subject(), found);

      assertThat(migration.snapshot().broken())
          .satisfiesExactlyInAnyOrder(
              text -> assertThat(text).contains("users: source column z"),
              text -> assertThat(text).contains("users: key users_pkey"));
      assertThat(migration.snapshot().newest().broken())
          .singleElement()
          .asString()
          .contains("source column z");
    }
  }

  private static InRun at(Spec spec, Prepared prepared, long run) {
    return new InRun(
        spec,
        prepared,
        new MigrationKey(spec.target().connection(), spec.name(), run),
        new InRun.Load(/* compared= */ false),
        () -> false,
        Map::of);
  }

  private static List<String> findings(@Nullable CheckResult schema) {
    return Objects.requireNonNull(schema).findings().stream()
        .filter(f -> f.severity() == Severity.DIFFERENT)
        .map(f -> f.kindWords() + " " + f.object())
        .toList();
  }

  @Test
  void tablesThatChangedPlacesAreToldEvenIfEqual() throws SQLException {
    try (Migration migration =
        migration(
            PipelineLauncher.Work.COMPARE,
            bed::source,
            "RENAME TABLE users TO tmp, old_users TO users, tmp TO old_users")) {
      migration.perform(new MigrateTask(false));
      VerificationReport report = migration.perform(new VerifyTask(MovedDatabase.ONE_LOOK));
      assertThat(report.equal()).isTrue();
      assertThat(findings(report.schema()))
          .containsExactly("source table old_users", "source table users");
    }
    // Who looks again sees what is there now, and nothing that changes.
    try (Migration migration = bed.migration("")) {
      assertThat(migration.perform(new VerifyTask(MovedDatabase.ONE_LOOK)).holds()).isTrue();
    }
  }

  @Test
  void whatIsGoneFromTheTargetIsNamed() throws SQLException {
    try (Migration migration =
        migration(PipelineLauncher.Work.LOAD, bed::target, "DROP TABLE users")) {
      assertThatThrownBy(() -> migration.perform(new MigrateTask(true)))
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining("Gone from the target, dropped or renamed while this ran:")
          .hasMessageContaining("public.users.")
          .hasMessageNotContaining("old_users")
          .extracting(e -> ((MigrationException) e).kind())
          .isEqualTo(MigrationException.Kind.FAILED);
      migration.perform(new ResetMigration());
    }
    try (Migration migration =
        migration(PipelineLauncher.Work.LOAD, bed::target, "DROP SCHEMA landfall CASCADE")) {
      assertThatThrownBy(() -> migration.perform(new MigrateTask(true)))
          .isInstanceOf(MigrationException.class)
          .hasMessageStartingWith(
              "The ledger, schema landfall of the target, was dropped or emptied while this ran");
    }
  }

  @Test
  void aTableThatIsGoneFromTheLedgerIsNamed() throws SQLException {
    String lacks = "lacks what was dropped from it: landfall.chunk. It is no account of what was";
    try (Migration migration =
        migration(PipelineLauncher.Work.LOAD, bed::target, "DROP TABLE landfall.chunk CASCADE")) {
      assertThatThrownBy(() -> migration.perform(new MigrateTask(true)))
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining(lacks);
      assertThatThrownBy(migration::snapshot)
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining(lacks);
    }
  }

  @Test
  void aColumnThatIsGoneIsNamedWhenTheLoadFailsByIt() throws SQLException {
    try (Migration migration =
        migration(PipelineLauncher.Work.LOAD, bed::source, "ALTER TABLE users DROP COLUMN v")) {
      assertThatThrownBy(() -> migration.perform(new MigrateTask(true)))
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining("The source was altered while this ran:")
          .hasMessageContaining("users  source column v: was int(11), is none");
    }
  }
}

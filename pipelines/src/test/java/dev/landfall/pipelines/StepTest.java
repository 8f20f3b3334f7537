package dev.landfall.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.landfall.pipelines.api.PipelineLauncher;
import dev.landfall.pipelines.api.Running;
import dev.landfall.pipelines.load.MigrateTask;
import dev.landfall.pipelines.proof.SelfTestTask;
import dev.landfall.pipelines.verify.VerifyTask;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.ledger.Step;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StepTest {
  private static final String STEP =
      "SELECT kind, done, things, rows, rows_expected FROM landfall.step";

  /** Looks at the migration as a display does, whenever the run comes by. */
  private static final class Looking implements PipelineLauncher {
    private final PipelineLauncher launcher = new DirectLauncher();
    private final Thread runs = Thread.currentThread();
    final List<String> seen = new ArrayList<>();
    @Nullable Migration migration;

    private void look() {
      // Whoever warms a runner up does so at any time.
      if (migration == null || Thread.currentThread() != runs) {
        return;
      }
      Snapshot now = migration.progress();
      Step.State step = now.step();
      String what =
          now.phase()
              + (step == null ? "" : " " + step.kind() + " " + step.done() + "/" + step.things());
      if (seen.isEmpty() || !seen.get(seen.size() - 1).equals(what)) {
        seen.add(what);
      }
    }

    @Override
    public Pipeline create(Work work, String name) {
      return launcher.create(work, name);
    }

    @Override
    public Running start(Pipeline pipeline, JobListener listener) {
      look();
      return launcher.start(pipeline, listener);
    }

    @Override
    public int lanes() {
      return launcher.lanes();
    }

    /** The first thing that a run asks. */
    @Override
    public boolean remote() {
      look();
      return launcher.remote();
    }
  }

  @Test
  void aDisplayIsToldOfTheRunThatGoesOnAndOfNoneBefore() throws SQLException {
    Looking looking = new Looking();
    try (SpecBed bed = new SpecBed(MovedDatabase.Source.MARIADB)) {
      bed.source(
          "CREATE TABLE a (id int PRIMARY KEY, v int)",
          "CREATE TABLE b (id int PRIMARY KEY, v int)",
          "INSERT INTO a VALUES (1, 1), (2, 2), (3, 3), (4, 4), (5, 5)",
          "INSERT INTO b VALUES (1, 1), (2, 2)");
      try (Migration migration = SpecMigration.of(bed.spec(""), looking)) {
        migration.perform(new MigrateTask(true));
        assertThat(bed.ask(STEP)).containsExactly("ROWS|2|2|14|14");

        looking.migration = migration;
        bed.target("DELETE FROM a WHERE id = 5");
        migration.perform(new VerifyTask());
        assertThat(looking.seen)
            .containsExactly(
                "NEW", "VERIFY CHECKS 0/0", "VERIFY ROWS 0/2", "VERIFY DIFFERENCES 0/2");

        // How it ends is not known before it has begun, whatever became of the one before.
        looking.seen.clear();
        assertThat(catchThrowable(() -> migration.perform(new SelfTestTask(List.of("nix")))))
            .isNotNull();
        assertThat(migration.progress().step()).isNull();
        assertThat(catchThrowable(() -> migration.perform(new SelfTestTask(List.of("a")))))
            .isNull();
        assertThat(bed.ask(STEP)).containsExactly("SELF_TEST|0|1|0|0");
        assertThat(looking.seen).containsExactly("NEW");
      }
    }
  }
}

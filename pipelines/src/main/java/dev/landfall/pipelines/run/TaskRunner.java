package dev.landfall.pipelines.run;

import dev.landfall.pipelines.api.PipelineLauncher;
import dev.landfall.pipelines.check.Preflight;
import dev.landfall.pipelines.check.Purpose;
import dev.landfall.pipelines.prepare.Prepared;
import dev.landfall.pipelines.prepare.SameSource;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.ledger.RunStop;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks of one migration: prepares, begins a run, lets the task work, and ends the run with
 * what became of it.
 */
public final class TaskRunner {
  private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);

  private final Spec look;
  private final Spec spec;
  private final PipelineLauncher launcher;
  private final Standing standing;
  private final SameSource source;
  private final StopWish wish;
  private final Runnable begun;
  private final Preflight preflight;

  /**
   * For one errand.
   *
   * @param begun told when a run has begun: it has the migration to itself, and both sides are as
   *     the spec says, but nothing is done yet; returns at once
   */
  public TaskRunner(
      Spec spec,
      PipelineLauncher launcher,
      Standing standing,
      SameSource source,
      StopWish wish,
      Runnable begun) {
    this.look = spec;
    this.spec = spec.ofRuns();
    this.launcher = launcher;
    this.standing = standing;
    this.source = source;
    this.wish = wish;
    this.begun = begun;
    this.preflight = new Preflight(spec, launcher, source, standing::now);
  }

  /** The spec for whoever runs the migration. */
  public Spec spec() {
    return spec;
  }

  /** The spec for whoever only looks at the migration. */
  public Spec look() {
    return look;
  }

  public PipelineLauncher launcher() {
    return launcher;
  }

  public SameSource source() {
    return source;
  }

  /** Whether somebody wants this errand to end. */
  public StopWish wish() {
    return wish;
  }

  /** Finds what stands in the way. */
  public Preflight preflight() {
    return preflight;
  }

  /** Runs a task. */
  public <R> R run(Task<R> task) {
    standing.preparing();
    try {
      preflight.requireSecretsThatTravel();
      if (task.purpose() != Purpose.REPAIR) {
        // Most repairs need no runner.
        launcher.warmUp();
      }
      return begin(task, preflight.prepare(task.purpose(), task.extent()));
    } finally {
      standing.prepared();
    }
  }

  private <R> R begin(Task<R> task, Prepared prepared) {
    try (RunSession session = RunSession.begin(spec, prepared, task, launcher, source)) {
      standing.prepared();
      TaskContext context =
          new TaskContext(spec, prepared, session, launcher, standing::progress, wish);
      try {
        begun.run();
        R result = wish.endedBy(() -> requestStop(session), () -> task.run(context));
        session.end("DONE");
        return result;
      } catch (RuntimeException thrown) {
        MigrationException e = new Meanwhile(spec, prepared).explain(thrown, session.phase());
        if (e == null) {
          throw thrown;
        }
        session.end(e.kind().name());
        throw e;
      }
    }
  }

  /** Through the ledger, so that it reaches workers in other processes too. */
  private void requestStop(RunSession session) {
    try (Connection connection =
        Pools.of(spec.target().connection(), Pools.Use.GENERAL).getConnection()) {
      RunStop.request(connection, session.key().run(), RunStop.USER);
    } catch (SQLException e) {
      LOG.info("the wish to stop could not be written to the ledger: {}", e.getMessage());
    }
  }
}

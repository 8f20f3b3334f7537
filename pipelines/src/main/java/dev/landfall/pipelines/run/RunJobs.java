package dev.landfall.pipelines.run;

import dev.landfall.pipelines.api.JobLostException;
import dev.landfall.pipelines.api.PipelineLauncher;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.SqlStates;
import dev.landfall.transforms.ledger.Event;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the jobs of one run. One that is cut short, because a database or a runner's workers went
 * away, is reported as such when what was away is back.
 */
public final class RunJobs implements Jobs {
  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

  private final PipelineLauncher launcher;
  private final RunSession session;
  private final Outage outage;
  private int done;

  public RunJobs(PipelineLauncher launcher, RunSession session, Outage outage) {
    this.launcher = launcher;
    this.session = session;
    this.outage = outage;
  }

  /** How many came to their end. */
  public int done() {
    return done;
  }

  @Override
  public Optional<Cut> run(PipelineLauncher.Work work, String name, Consumer<Pipeline> steps) {
    Pipeline pipeline = launcher.create(work, session.jobName(name));
    steps.accept(pipeline);
    try {
      launcher.start(pipeline, session.jobs()).await();
      done++;
      return Optional.empty();
    } catch (RuntimeException e) {
      JobLostException lost = JobLostException.in(e);
      if (lost != null) {
        LOG.info("{} was lost: {}", name, lost.getMessage());
        LOG.debug("{} was lost", name, e);
        String reason = String.valueOf(lost.getMessage());
        session.event(Event.jobLost(name, reason));
        outage.await(reason);
        return Optional.of(new Cut(lost, reason));
      }
      MigrationException known = MigrationException.in(e);
      if (known != null) {
        throw known;
      }
      SQLException failure = SqlStates.in(e);
      if (failure == null) {
        throw e;
      }
      if (SqlStates.classify(failure) != SqlStates.Failure.TRANSIENT) {
        throw new MigrationException(
            Kind.FAILED,
            "The "
                + name
                + " failed: "
                + failure.getMessage()
                + " (SQLState "
                + failure.getSQLState()
                + "). Committed chunks are safe: remove the cause and run the same command again.",
            e);
      }
      LOG.info("{} was cut short: {}", name, failure.getMessage());
      LOG.debug("{} was cut short", name, e);
      String reason = Reachability.reason(failure);
      outage.await(reason);
      return Optional.of(new Cut(failure, reason));
    }
  }
}

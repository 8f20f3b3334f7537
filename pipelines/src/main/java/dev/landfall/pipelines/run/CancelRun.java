package dev.landfall.pipelines.run;

import dev.landfall.pipelines.api.ClusterJob;
import dev.landfall.pipelines.api.PipelineLauncher;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.ledger.ActivityLock;
import dev.landfall.transforms.ledger.MigrationLedger;
import dev.landfall.transforms.ledger.RunLedger;
import dev.landfall.transforms.ledger.RunStop;
import dev.landfall.transforms.ledger.Snapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Stops the run of each activity that is going on, wherever it runs, and waits for its end: chunks
 * in hand are finished, and the same command goes on from there later. What a run left on a
 * cluster, whose own process is gone, is stopped as well. Gives what was stopped, for a person;
 * empty when nothing was running.
 *
 * @param now takes the run's jobs off their cluster at once; chunks in hand are rolled back
 */
public record CancelRun(boolean now) implements Errand<Optional<String>> {
  private static final long LOOK_MILLIS = 200;

  @Override
  public Optional<String> perform(TaskRunner runner) {
    Spec spec = runner.look();
    PipelineLauncher launcher = runner.launcher();
    ConnectionSettings target = spec.target().connection();
    try (Connection connection = Reachability.open(Side.TARGET, target)) {
      MigrationLedger ledger = new MigrationLedger(connection, spec.name());
      if (!ledger.isInstalled()) {
        return Optional.empty();
      }
      RunLedger runs = new RunLedger(connection, spec.name());
      List<RunLedger.OpenRun> open = runs.openRuns();
      for (RunLedger.OpenRun run : open) {
        request(connection, launcher, run, runs.openJobs(run.activity()));
      }
      List<String> stopped = new ArrayList<>();
      for (RunLedger.OpenRun run : open) {
        ActivityLock lock = ActivityLock.of(connection, spec.name(), run.activity());
        boolean answered = await(runs, lock, launcher, run);
        stopped.add(
            answered
                ? run.holder()
                : run.holder()
                    + ", which did nothing for "
                    + SignsOfLife.PATIENCE.toSeconds()
                    + " s, so its session was ended; should it wake up, it finds that and stops");
      }
      return stopped.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", stopped));
    } catch (SQLException e) {
      throw Reachability.failed(Side.TARGET, target, "Stopping the run", e);
    }
  }

  private void request(
      Connection connection,
      PipelineLauncher launcher,
      RunLedger.OpenRun run,
      List<Snapshot.Job> jobs)
      throws SQLException {
    if (now && jobs.isEmpty()) {
      throw new MigrationException(
          Kind.USAGE,
          "--now takes a run's jobs off their Flink cluster, and this run has none: it is run by "
              + run.holder()
              + ". Leave --now out, or end that process.");
    }
    RunStop.request(connection, run.id(), RunStop.USER);
    if (now && !abandon(launcher, jobs)) {
      throw new MigrationException(
          Kind.USAGE,
          "The run was asked to stop, but its jobs are not on the cluster that was named: they"
              + " are on Flink at "
              + jobs.get(jobs.size() - 1).cluster()
              + ". Name that by --runner flink --flink-master, or leave --now out.");
    }
  }

  /** Whether whoever ran it ended by itself, or was gone. */
  private static boolean await(
      RunLedger runs, ActivityLock lock, PipelineLauncher launcher, RunLedger.OpenRun run)
      throws SQLException {
    SignsOfLife life = new SignsOfLife(lock);
    boolean answered = true;
    while (runs.openRuns().contains(run)) {
      if (lock.tryLock()) {
        // Whoever ran it is gone: nobody else will say that it is over.
        abandon(launcher, runs.openJobs(run.activity()));
        runs.endStale("STOPPED", run.activity());
        lock.unlock();
        return answered;
      }
      if (life.none()) {
        answered = false;
        lock.endHolders();
      }
      try {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new MigrationException(
            Kind.STOPPED, "The run was asked to stop; nobody waits for its end any more.", e);
      }
    }
    return answered;
  }

  /** Whether any of them was there. */
  private static boolean abandon(PipelineLauncher launcher, List<Snapshot.Job> jobs) {
    boolean any = false;
    for (Snapshot.Job job : jobs) {
      any |= launcher.abandon(new ClusterJob(job.cluster(), job.id(), job.name()));
    }
    return any;
  }
}

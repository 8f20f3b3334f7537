package dev.landfall.pipelines.run;

import dev.landfall.pipelines.api.ClusterJob;
import dev.landfall.pipelines.api.PipelineLauncher;
import dev.landfall.pipelines.prepare.Prepared;
import dev.landfall.pipelines.prepare.SameSource;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.jdbc.Transactions;
import dev.landfall.transforms.ledger.Activity;
import dev.landfall.transforms.ledger.CheckLedger;
import dev.landfall.transforms.ledger.Event;
import dev.landfall.transforms.ledger.Events;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.MigrationLedger;
import dev.landfall.transforms.ledger.RejectedSoFar;
import dev.landfall.transforms.ledger.RunLedger;
import dev.landfall.transforms.ledger.RunStop;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.ledger.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of one migration: holds its activity's lock on a connection of its own for as long as it
 * lasts, and keeps the ledger's account of the run.
 */
public final class RunSession implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunSession.class);

  private final ConnectionSettings target;
  private final String name;
  private Connection connection;
  private RunLedger runs;
  private RunLock lock;
  private final Activity activity;
  private long run;
  private volatile Snapshot.Phase phase = Snapshot.Phase.NEW;
  private boolean ended;

  private RunSession(
      ConnectionSettings target, String name, Activity activity, Connection connection) {
    this.target = target;
    this.name = name;
    this.activity = activity;
    this.connection = connection;
    this.runs = new RunLedger(connection, name);
    this.lock = new RunLock(connection, name, activity);
  }

  /**
   * Takes the lock, records the migration's first step where it is that, and begins a run.
   *
   * @throws MigrationException of kind HELD when another run has the lock
   */
  public static RunSession begin(
      Spec spec, Prepared prepared, Task<?> task, PipelineLauncher launcher, SameSource source) {
    ConnectionSettings target = spec.target().connection();
    RunSession session =
        new RunSession(
            target, spec.name(), task.activity(), Reachability.open(Side.TARGET, target));
    try {
      new MigrationLedger(session.connection, spec.name()).install();
      session.lock.take(launcher);
      String holder = RunLock.holder(launcher);
      List<Snapshot.Job> left =
          Transactions.in(
              session.connection,
              () -> session.start(spec, prepared, task.command(), holder, source));
      LOG.info(
          "run {} of migration {} begins: {}, by {}; source {}, target {}, {} tables",
          session.run,
          spec.name(),
          task.command(),
          holder,
          spec.source().connection().display(),
          target.display(),
          prepared.mapping().tables().size());
      session.phase = Objects.requireNonNullElse(task.activity().phase(), session.phase);
      for (Snapshot.Job job : left) {
        if (!launcher.host().map(ClusterJob::id).equals(Optional.of(job.id()))) {
          launcher.abandon(new ClusterJob(job.cluster(), job.id(), job.name()));
        }
      }
      launcher.host().ifPresent(session.jobs()::submitted);
      return session;
    } catch (SQLException e) {
      session.closeConnection();
      throw session.broken(e);
    } catch (RuntimeException e) {
      session.closeConnection();
      throw e;
    }
  }

  /**
   * Records where the migration stands and begins the run, which is all of a transaction. Behind
   * the lock: whoever had it may have made the first step in the meantime.
   *
   * @return jobs that earlier runs left
   */
  private List<Snapshot.Job> start(
      Spec spec, Prepared prepared, String command, String holder, SameSource source)
      throws SQLException {
    MigrationLedger ledger = new MigrationLedger(connection, name);
    Optional<MigrationLedger.Fixed> fixed = ledger.fixed();
    boolean extended = fixed.isPresent() && !prepared.changes().none();
    if (fixed.isEmpty()) {
      ledger.add(spec.source().connection().display(), prepared.fixed(), prepared.mapping());
    } else if (!fixed.get().mapping().equals(prepared.begun())) {
      throw new MigrationException(
          Kind.USAGE,
          "Migration \""
              + name
              + "\" was begun by another run just now, with another"
              + " mapping. Run the command again to see the difference.");
    } else if (extended) {
      new Extension(connection, name, prepared).apply(ledger, spec.source().connection().display());
    }
    List<Snapshot.Job> left = runs.openJobs(activity);
    run = runs.startRun(command, holder);
    source.note(connection, run);
    if (extended) {
      Events.add(connection, name, run, Event.extended(prepared.changes().added()));
    }
    return left;
  }

  /** What steps need to know to work for this run. */
  public MigrationKey key() {
    return new MigrationKey(target, name, run);
  }

  /**
   * Sets the phase, and ends the step that the one before was at; everything that was committed
   * before is on the target's disk then.
   */
  public void phase(Snapshot.Phase next) {
    phase = next;
    LOG.info("phase {}", next);
    Step.end(key());
    try {
      runs.setPhase(run, next);
    } catch (SQLException e) {
      throw broken(e);
    }
  }

  /** What the run is at. */
  public Snapshot.Phase phase() {
    return phase;
  }

  /** Notes that all definitions that come after the load are made. */
  public void afterLoad() {
    try {
      new CheckLedger(connection).addAfterLoad(name, run);
    } catch (SQLException e) {
      throw broken(e);
    }
  }

  /** What was rejected so far, by all runs of the migration. */
  public RejectedSoFar rejects() {
    try {
      return RejectedSoFar.read(connection, name);
    } catch (SQLException e) {
      throw broken(e);
    }
  }

  /** Notes what no transaction belongs to; not worth failing for. */
  public void event(Event event) {
    LOG.info("{}: {}", event.kind(), event.text());
    try {
      Events.add(connection, name, run, event);
    } catch (SQLException e) {
      LOG.info("event {} not noted: {}", event.text(), e.getMessage());
    }
  }

  /** What a job of this run is called where jobs of many are. */
  String jobName(String work) {
    return "landfall " + name + ": " + work + ", run " + run;
  }

  /** Keeps the ledger's account of the run's jobs. */
  PipelineLauncher.JobListener jobs() {
    return new PipelineLauncher.JobListener() {
      @Override
      public void submitted(ClusterJob job) {
        event(Event.jobTaken(new Snapshot.Job(job.cluster(), job.id(), job.name())));
      }

      @Override
      public void waiting(String reason) {
        event(Event.waiting(reason));
      }
    };
  }

  /** Why the run shall stop, empty when it shall not. */
  public Optional<String> stopReason() throws SQLException {
    return RunStop.reason(connection, run);
  }

  /** What to say when the ledger has ended this run though it goes on. */
  public MigrationException takenOver() throws SQLException {
    return new MigrationException(
        Kind.HELD,
        "Migration \""
            + name
            + "\" was taken over by another run while this one was cut off from the target: "
            + runs.successor(run).orElse("one that began it anew")
            + ". What this run committed is safe; look at the migration with \"landfall status\".");
  }

  /**
   * Connects again where the connection was lost, and with it the lock.
   *
   * @throws MigrationException of kind HELD when another run has the lock, or had it in between
   */
  void restore() {
    try {
      if (connection.isValid(VALID_SECONDS)) {
        return;
      }
      closeConnection();
      connection = Reachability.open(Side.TARGET, target);
      runs = new RunLedger(connection, name);
      lock = new RunLock(connection, name, activity);
      lock.takeAgain(target.patience(), this::isEnded);
      if (isEnded()) {
        throw takenOver();
      }
    } catch (SQLException e) {
      throw broken(e);
    }
  }

  private static final int VALID_SECONDS = 5;

  private boolean isEnded() throws SQLException {
    return stopReason().filter(RunStop.ENDED::equals).isPresent();
  }

  /**
   * Ends the run as the ledger keeps it; a ledger that can't be reached sees that it died. Where
   * another run has taken over, the phase is that one's.
   */
  public void end(String outcome) {
    if (ended) {
      return;
    }
    ended = true;
    LOG.info("run {} ends: {}", run, outcome);
    try {
      runs.endRun(run, outcome);
    } catch (SQLException e) {
      LOG.info("the end of run {} could not be recorded: {}", run, e.getMessage());
    }
  }

  private MigrationException broken(SQLException e) {
    return Reachability.failed(Side.TARGET, target, "Keeping the ledger", e);
  }

  private void closeConnection() {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.debug("closing the session's connection", e);
    }
  }

  @Override
  public void close() {
    end("FAILED");
    try {
      lock.giveBack();
    } catch (SQLException e) {
      LOG.debug("the lock goes with the session", e);
    }
    closeConnection();
  }
}

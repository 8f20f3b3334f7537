package dev.landfall.pipelines.run;

import dev.landfall.pipelines.api.ClusterJob;
import dev.landfall.pipelines.api.PipelineLauncher;
import dev.landfall.pipelines.prepare.Prepared;
import dev.landfall.pipelines.prepare.SameSource;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.ThisProcess;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.ledger.Activity;
import dev.landfall.transforms.ledger.ConditionLedger;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.MigrationLedger;
import dev.landfall.transforms.ledger.RejectedSoFar;
import dev.landfall.transforms.ledger.RunStop;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.ledger.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of one migration: holds the migration's lock on a connection of its own for as long as it
 * lasts, and keeps the ledger's account of the run.
 */
public final class RunSession implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunSession.class);

  private final ConnectionSettings target;
  private final String name;
  private Connection connection;
  private MigrationLedger ledger;
  private long run;
  private volatile Snapshot.Phase phase = Snapshot.Phase.NEW;
  private boolean ended;

  private RunSession(ConnectionSettings target, String name, Connection connection) {
    this.target = target;
    this.name = name;
    this.connection = connection;
    this.ledger = new MigrationLedger(connection, name);
  }

  /**
   * Takes the lock, records the migration's first step where it is that, and begins a run.
   *
   * @throws MigrationException of kind HELD when another run has the lock
   */
  public static RunSession begin(
      Spec spec, Prepared prepared, String command, PipelineLauncher launcher, SameSource source) {
    ConnectionSettings target = spec.target().connection();
    String holder = launcher.host().map(RunSession::holder).orElseGet(RunSession::holder);
    RunSession session =
        new RunSession(target, spec.name(), Reachability.open(Side.TARGET, target));
    try {
      session.ledger.install();
      session.lock(launcher.host().isPresent() ? holder : null);
      // Behind the lock: whoever had it may have made the first step in the meantime.
      Optional<MigrationLedger.Fixed> fixed = session.ledger.fixed();
      if (fixed.isEmpty()) {
        session.ledger.add(
            spec.source().connection().display(), prepared.fixed(), prepared.mapping());
      } else if (!fixed.get().mapping().equals(prepared.begun())) {
        throw new MigrationException(
            Kind.USAGE,
            "Migration \""
                + spec.name()
                + "\" was begun by another run just now, with another"
                + " mapping. Run the command again to see the difference.");
      } else if (!prepared.changes().none()) {
        new Extension(session.connection, spec.name(), prepared)
            .apply(session.ledger, spec.source().connection().display());
      }
      source.note(session.connection);
      List<Snapshot.Job> left = session.ledger.openJobs();
      session.run = session.ledger.startRun(command, holder);
      LOG.info(
          "run {} of migration {} begins: {}, by {}; source {}, target {}, {} tables",
          session.run,
          spec.name(),
          command,
          holder,
          spec.source().connection().display(),
          target.display(),
          prepared.mapping().tables().size());
      session.phase = Activity.of(command).during(session.phase);
      if (!prepared.changes().none()) {
        session.event("EXTENDED", prepared.changes().added());
      }
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
      ledger.setPhase(next);
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
      new ConditionLedger(connection).addAfterLoad(name);
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

  /** Notes something that a person should see; not worth failing for. */
  public void event(String kind, String text) {
    LOG.info("{}: {}", kind, text);
    try {
      ledger.event(run, kind, text);
    } catch (SQLException e) {
      LOG.info("event {} not noted: {}", text, e.getMessage());
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
        try {
          ledger.job(run, job.cluster(), job.id(), job.name());
        } catch (SQLException e) {
          LOG.info("job {} not noted: {}", job.id(), e.getMessage());
        }
      }

      @Override
      public void waiting(String reason) {
        event("WAITING", reason);
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
            + ledger.successor(run).orElse("one that began it anew")
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
      ledger = new MigrationLedger(connection, name);
      lockAgain();
      if (stopReason().filter(RunStop.ENDED::equals).isPresent()) {
        throw takenOver();
      }
    } catch (SQLException e) {
      throw broken(e);
    }
  }

  private static final int VALID_SECONDS = 5;

  /**
   * Takes the lock on a new connection. While the ledger knows of no other run, it is this run's
   * former session that has it, which a busy target or network takes its time to end.
   */
  private void lockAgain() throws SQLException {
    long deadline = System.nanoTime() + TAKE_OVER.plus(target.patience()).toNanos();
    while (!ledger.tryLock()) {
      boolean ended = stopReason().filter(RunStop.ENDED::equals).isPresent();
      if (ended || System.nanoTime() > deadline) {
        throw held(name, ledger.holder());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
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
      ledger.endRun(run, outcome);
    } catch (SQLException e) {
      LOG.info("the end of run {} could not be recorded: {}", run, e.getMessage());
    }
  }

  /**
   * Takes the migration's lock.
   *
   * @param same how this run's earlier attempts are called, if it may have had some: whoever began
   *     it again knows that they are gone, even where the target still waits for them
   */
  private void lock(@Nullable String same) throws SQLException {
    long deadline = System.nanoTime() + TAKE_OVER.toNanos();
    while (!ledger.tryLock()) {
      if (same == null || !ledger.holder().startsWith(same + ", since ")) {
        throw held(name, ledger.holder());
      }
      if (System.nanoTime() > deadline) {
        throw held(name, ledger.holder());
      }
      ledger.endHolder();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  private static final Duration TAKE_OVER = Duration.ofSeconds(10);

  /** What whoever comes second is told. */
  public static MigrationException held(String name, String holder) {
    return new MigrationException(
        Kind.HELD,
        "Migration \""
            + name
            + "\" is held by another run: "
            + holder
            + ". Wait for its end, or stop it; look at it with \"landfall status\".");
  }

  private static String holder(ClusterJob job) {
    return "job " + job.id() + " on " + job.cluster();
  }

  private MigrationException broken(SQLException e) {
    return Reachability.failed(Side.TARGET, target, "Keeping the ledger", e);
  }

  private static String holder() {
    return System.getProperty("user.name")
        + "@"
        + ThisProcess.host()
        + ", process "
        + ProcessHandle.current().pid();
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
      ledger.unlock();
    } catch (SQLException e) {
      LOG.debug("the lock goes with the session", e);
    }
    closeConnection();
  }
}

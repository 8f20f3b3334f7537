package dev.landfall.pipelines;

import dev.landfall.pipelines.spec.LoadSettings;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Connections;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.jdbc.SqlStates;
import dev.landfall.transforms.ledger.ChunkLedger;
import dev.landfall.transforms.ledger.RunStop;
import dev.landfall.transforms.load.RejectLimit;
import dev.landfall.transforms.partition.ChunkSize;
import dev.landfall.transforms.schema.Mapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.beam.sdk.Pipeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the load until nothing is pending. A job that fails because a database went away is run
 * again when it is back: what was committed is committed, and the next job begins with what is
 * pending.
 */
final class Backfill {
  private static final Logger LOG = LoggerFactory.getLogger(Backfill.class);
  private static final long PROBE_MILLIS = 500;
  private static final int VALID_SECONDS = 5;

  private final Spec spec;
  private final Mapping mapping;
  private final RunSession session;
  private final PipelineLauncher launcher;
  private final BooleanSupplier stopped;

  /**
   * @param stopped whether the user asked for the end, for the time when the ledger can't say so
   */
  Backfill(
      Spec spec,
      Mapping mapping,
      RunSession session,
      PipelineLauncher launcher,
      BooleanSupplier stopped) {
    this.spec = spec;
    this.mapping = mapping;
    this.session = session;
    this.launcher = launcher;
    this.stopped = stopped;
  }

  /**
   * Loads one wave of tables.
   *
   * @throws MigrationException STOPPED, THRESHOLD, UNREACHABLE or FAILED; the run can be resumed
   */
  void run(List<Integer> tables) {
    ChunkLedger ledger = new ChunkLedger(session.key(), ChunkLedger.Plan.LOAD);
    long before = Long.MAX_VALUE;
    while (true) {
      boolean interrupted = runOnce(tables);
      long pending;
      try {
        requireGoOn();
        pending = ledger.countPending(tables);
      } catch (SQLException e) {
        awaitDatabases(e);
        continue;
      }
      if (pending == 0 && !interrupted) {
        return;
      }
      if (!interrupted && pending >= before) {
        throw new MigrationException(
            Kind.FAILED,
            pending
                + " chunks stay pending though the load ended without an error. Run the same"
                + " command again; if that does not help, this is a fault of Landfall's.");
      }
      before = interrupted ? Long.MAX_VALUE : pending;
    }
  }

  /** Whether a database's absence cut the job short. */
  private boolean runOnce(List<Integer> tables) {
    LoadSettings load = spec.load();
    Pipeline pipeline = launcher.create();
    BackfillPipeline.expand(
        pipeline,
        new BackfillPipeline.Settings(
            spec.source().connection(),
            session.key(),
            mapping,
            tables,
            new ChunkSize(load.chunkRows(), load.chunkBytes()),
            load.parallelism() == LoadSettings.AUTOMATIC ? launcher.lanes() : load.parallelism(),
            load.outage(),
            rejectLimit()));
    try {
      launcher.run(pipeline);
      return false;
    } catch (RuntimeException e) {
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
            "The load failed: "
                + failure.getMessage()
                + " (SQLState "
                + failure.getSQLState()
                + "). Committed chunks are safe: remove the cause and run the same command again.",
            e);
      }
      LOG.info("the load was cut short", e);
      awaitDatabases(failure);
      return true;
    }
  }

  private void requireGoOn() {
    String reason = stopped.getAsBoolean() ? RunStop.USER : session.stopReason().orElse("");
    switch (reason) {
      case RunStop.REJECTS ->
          throw new MigrationException(
              Kind.THRESHOLD,
              "More rows were rejected than load.rejects allows ("
                  + spec.load().rejects()
                  + "). They are in landfall.reject of the target with key, column, reason and"
                  + " value. Correct them at the source or change the mapping; or allow more in the"
                  + " spec and run the same command again: it goes on from here.");
      case RunStop.USER ->
          throw new MigrationException(
              Kind.STOPPED, "Stopped; the chunks in hand are finished and safe.");
      default -> {}
    }
  }

  /** Waits until both databases answer, as long as the spec allows. */
  private void awaitDatabases(SQLException failure) {
    long deadline = System.nanoTime() + spec.load().outage().toNanos();
    ConnectionSettings source = spec.source().connection();
    ConnectionSettings target = spec.target().connection();
    while (true) {
      Side side = Side.SOURCE;
      SQLException refusal = refusal(source);
      if (refusal == null) {
        side = Side.TARGET;
        refusal = refusal(target);
      }
      if (refusal == null) {
        session.restore();
        session.event("OUTAGE", "went on after an outage: " + firstLine(failure));
        return;
      }
      if (side == Side.SOURCE) {
        session.event("OUTAGE", "waiting for the source: " + firstLine(refusal));
      }
      boolean comesBack = SqlStates.classify(refusal) == SqlStates.Failure.TRANSIENT;
      if (!comesBack || System.nanoTime() > deadline) {
        MigrationException explained =
            Reachability.explain(side, side == Side.SOURCE ? source : target, refusal);
        throw new MigrationException(
            explained.kind(),
            explained.getMessage()
                + " Waited "
                + spec.load().outage().toSeconds()
                + " s (load.outage). Committed chunks are safe: run the same command again when it"
                + " is up.",
            refusal);
      }
      pause();
    }
  }

  private void pause() {
    if (stopped.getAsBoolean()) {
      throw new MigrationException(
          Kind.STOPPED, "Stopped while waiting for a database; what was committed is safe.");
    }
    try {
      TimeUnit.MILLISECONDS.sleep(PROBE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MigrationException(Kind.STOPPED, "Stopped while waiting for a database.", e);
    }
  }

  private static @org.jspecify.annotations.Nullable SQLException refusal(
      ConnectionSettings settings) {
    try (Connection connection = Connections.open(settings)) {
      return connection.isValid(VALID_SECONDS)
          ? null
          : new SQLException("no answer within " + VALID_SECONDS + " s", "08006");
    } catch (SQLException e) {
      return e;
    }
  }

  private static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no message");
  }

  private RejectLimit rejectLimit() {
    Long rows = spec.load().rejects().rows();
    if (rows != null) {
      return new RejectLimit(0, rows);
    }
    double share =
        java.util.Objects.requireNonNull(spec.load().rejects().percent()).doubleValue() / 100;
    return share == 0 ? new RejectLimit(0, 0) : new RejectLimit(share, RejectLimit.DEFAULT.rows());
  }
}

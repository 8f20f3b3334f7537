package dev.landfall.pipelines.run;

import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Connections;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.jdbc.SqlStates;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Rides out the absence of a database, as long as the spec allows. */
public final class Outage {
  private static final long PROBE_MILLIS = 500;
  private static final int VALID_SECONDS = 5;

  private final Spec spec;
  private final RunSession session;
  private final BooleanSupplier stopped;

  /**
   * @param stopped whether the user asked for the end, for the time when the ledger can't say so
   */
  public Outage(Spec spec, RunSession session, BooleanSupplier stopped) {
    this.spec = spec;
    this.session = session;
    this.stopped = stopped;
  }

  /** Runs work that can be run again until no outage cuts it short. */
  public void ride(Runnable work) {
    answer(
        () -> {
          work.run();
          return true;
        });
  }

  /** The same for work that has an answer. */
  public <T> T answer(Supplier<T> work) {
    Tries tries = tries();
    while (true) {
      try {
        return work.get();
      } catch (MigrationException e) {
        SQLException failure = SqlStates.in(e);
        if (e.kind() != Kind.UNREACHABLE || failure == null || !tries.again(0, failure)) {
          throw e;
        }
        await(failure);
      }
    }
  }

  /** Work on the databases that can be run again. */
  @FunctionalInterface
  public interface Work<T> {
    T run() throws SQLException;
  }

  /**
   * The same for work that fails as the drivers do.
   *
   * @param done how far the work is, as {@link Tries#again} wants it
   * @param failed what to throw in the end
   */
  public <T> T ride(
      Work<T> work, LongSupplier done, Function<SQLException, MigrationException> failed) {
    Tries tries = tries();
    while (true) {
      try {
        return work.run();
      } catch (SQLException e) {
        if (SqlStates.classify(e) != SqlStates.Failure.TRANSIENT
            || !tries.again(done.getAsLong(), e)) {
          throw failed.apply(e);
        }
        await(e);
      }
    }
  }

  /** A count of the cuts of one work. */
  public Tries tries() {
    return new Tries(spec.load().outage());
  }

  /** The same for a failure of the ledger. */
  void await(SQLException failure) {
    await(Reachability.reason(failure));
  }

  /**
   * Waits until both databases answer.
   *
   * @param reason what told of the outage, in a few words
   * @throws MigrationException UNREACHABLE when it takes too long, STOPPED
   */
  void await(String reason) {
    long deadline = System.nanoTime() + spec.load().outage().toNanos();
    ConnectionSettings source = spec.source().connection();
    ConnectionSettings target = spec.target().connection();
    boolean noted = false;
    while (true) {
      Side side = Side.SOURCE;
      SQLException refusal = refusal(source);
      if (refusal == null) {
        side = Side.TARGET;
        refusal = refusal(target);
      }
      if (refusal == null) {
        refusal = restored();
      }
      if (refusal == null) {
        session.event("OUTAGE", "went on after an outage: " + reason);
        return;
      }
      // There is nowhere to note that the target is away.
      if (side == Side.SOURCE && !noted) {
        session.event("OUTAGE", "waiting for the source: " + Reachability.reason(refusal));
        noted = true;
      }
      if (SqlStates.isBusy(refusal)) {
        Pools.closeIdle(side == Side.SOURCE ? source : target);
      }
      boolean comesBack = SqlStates.classify(refusal) == SqlStates.Failure.TRANSIENT;
      if (!comesBack || System.nanoTime() > deadline) {
        throw Reachability.gone(
            side, side == Side.SOURCE ? source : target, refusal, spec.load().outage());
      }
      pause();
    }
  }

  /** What keeps the run from its own connection: a moment ago there was room for one. */
  private @Nullable SQLException restored() {
    try {
      session.restore();
      return null;
    } catch (MigrationException e) {
      SQLException failure = SqlStates.in(e);
      if (failure == null) {
        throw e;
      }
      return failure;
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

  private static @Nullable SQLException refusal(ConnectionSettings settings) {
    try (Connection connection = Connections.open(settings)) {
      return connection.isValid(VALID_SECONDS)
          ? null
          : new SQLException("no answer within " + VALID_SECONDS + " s", "08006");
    } catch (SQLException e) {
      return e;
    }
  }
}

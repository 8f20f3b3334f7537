package dev.landfall.pipelines.run;

import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Connections;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.jdbc.Retries;
import dev.landfall.transforms.jdbc.Retries.Policy;
import dev.landfall.transforms.jdbc.SqlStates;
import dev.landfall.transforms.ledger.Event;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Rides out the absence of a database, as long as the spec allows. */
public final class Outage {
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

  /** Work on the databases that can be run again. */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    T run() throws E;
  }

  /** Runs work that can be run again until no outage cuts it short. */
  public void ride(Runnable work) {
    answer(
        () -> {
          work.run();
          return true;
        });
  }

  /** The same for work that has an answer, and may fail as the drivers do. */
  public <T, E extends Exception> T answer(Work<T, E> work) throws E {
    return answer(work, () -> 0);
  }

  private <T, E extends Exception> T answer(Work<T, E> work, LongSupplier done) throws E {
    Retries tries = Retries.of(Policy.STEP, spec.load().outage());
    while (true) {
      try {
        return work.run();
      } catch (Exception e) {
        SQLException failure = SqlStates.in(e);
        if (failure == null || !tries.again(done.getAsLong(), e)) {
          throw e;
        }
        await(Reachability.reason(failure));
      }
    }
  }

  /**
   * The same.
   *
   * @param done how far the work is, as {@link Retries#again} wants it
   * @param failed what to throw in the end
   */
  public <T> T ride(
      Work<T, SQLException> work,
      LongSupplier done,
      Function<SQLException, MigrationException> failed) {
    try {
      return answer(work, done);
    } catch (SQLException e) {
      throw failed.apply(e);
    }
  }

  /** A count of the cuts of one piece of work by jobs. */
  public Retries jobs() {
    return Retries.of(Policy.JOB, spec.load().outage());
  }

  /**
   * Waits until both databases answer.
   *
   * @param reason what told of the outage, in a few words
   * @throws MigrationException UNREACHABLE when it takes too long, STOPPED
   */
  void await(String reason) {
    Retries tries = Retries.of(Policy.DATABASES, spec.load().outage());
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
        session.event(Event.wentOn(reason));
        return;
      }
      // There is nowhere to note that the target is away.
      if (side == Side.SOURCE && !noted) {
        session.event(Event.sourceAway(Reachability.reason(refusal)));
        noted = true;
      }
      if (SqlStates.isBusy(refusal)) {
        Pools.closeIdle(side == Side.SOURCE ? source : target);
      }
      if (!tries.again(refusal)) {
        throw Reachability.gone(
            side, side == Side.SOURCE ? source : target, refusal, spec.load().outage());
      }
      if (!tries.await(stopped::getAsBoolean)) {
        throw new MigrationException(
            Kind.STOPPED, "Stopped while waiting for a database; what was committed is safe.");
      }
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

package dev.landfall.transforms.jdbc;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.model.StopSignal;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * When work that failed is tried again: {@link Policy} is the table, an instance the count of one
 * piece of work. Whatever got on since the failure before begins the count anew, so that no amount
 * of trouble ends work that advances.
 *
 * <p>Time counts from the first failure on: who was frozen, or waited for somebody else before it,
 * has all of it left. The last try is made when it is over, and none begins later.
 */
public final class Retries {
  /**
   * What is tried again, how often or how long, and the pauses between. <i>Patience</i> is what the
   * spec says ({@code load.outage}); a policy without pauses waits in the work itself.
   *
   * <p>What only waits for a state has no line here: a chunk's claim and a run's lock, which
   * somebody else has ({@code ChunkClaim}, {@code RunLock}); a job or a cancelled run to come to
   * its end; looks at rows that go on changing, and the rounds of one transaction that finds more
   * keys to refresh. There nothing has failed.
   */
  public enum Policy {
    /**
     * A connection of a pool that has none to give: all in use, or a server without room. The pool
     * itself waits {@link #POOL_WAIT} each time, and waits are counted instead of time, so that a
     * process that stood still has its time left. Nobody can end it; in the end the pool's failure
     * is thrown.
     */
    CONNECTION(Retries::isBusy, Limit.WAITS, Backoff.NONE),
    /**
     * A chunk of one batch, whose rows are in memory: the target went away, is full, or ended the
     * transaction. An interruption ends it; in the end the load does.
     */
    CHUNK(Retries::isTransient, Limit.PATIENCE, new Backoff(100, 2, 5_000, true)),
    /**
     * Both databases, asked whether they are back. The wish to stop ends it. Events say that the
     * source is away, and that a run went on; in the end the run is given up as UNREACHABLE.
     */
    DATABASES(Retries::isTransient, Limit.PATIENCE, new Backoff(500, 1, 500, false)),
    /**
     * A step of a run (a phase, a definition, the refresh of a batch of keys), when {@link
     * #DATABASES} are back.
     */
    STEP(Retries::isTransient, Limit.FRUITLESS, Backoff.NONE),
    /**
     * A job that was cut short, by a database or by its cluster, when {@link #DATABASES} are back.
     * An event says that a job was lost; in the end the run is given up.
     */
    JOB(cause -> true, Limit.FRUITLESS, Backoff.NONE),
    /**
     * A Flink cluster's JobManager that does not answer. An interruption ends it; in the end the
     * run is given up as UNREACHABLE.
     */
    CLUSTER(IOException.class::isInstance, Limit.PATIENCE, new Backoff(500, 1, 500, false)),
    /**
     * An alarm that the receiver does not take: three times more, within the 13 s in which a
     * service comes back that only passes a request on. An interruption ends it. In the end it is
     * said, and left to the next run.
     */
    WEBHOOK(cause -> true, Limit.FOUR_TIMES, new Backoff(1_000, 3, 9_000, false));

    // What is written in the table above keeps no state.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Predicate<Throwable> tried;

    private final Limit limit;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Backoff backoff;

    Policy(Predicate<Throwable> tried, Limit limit, Backoff backoff) {
      this.tried = tried;
      this.limit = limit;
      this.backoff = backoff;
    }
  }

  /** A server that goes away that often at the same work is brought down by the work itself. */
  public static final int MOST_FRUITLESS = 5;

  /** So long a pool waits before it tells what keeps it from giving a connection. */
  static final Duration POOL_WAIT = Duration.ofSeconds(5);

  /** When it is enough. */
  private enum Limit {
    /** As long as the patience lasts. */
    PATIENCE {
      @Override
      boolean allows(int failures, long nanos, Duration patience, Throwable cause) {
        return nanos < patience.toNanos();
      }
    },
    /** The same, in waits. */
    WAITS {
      @Override
      boolean allows(int failures, long nanos, Duration patience, Throwable cause) {
        return failures < patience.dividedBy(POOL_WAIT);
      }
    },
    /**
     * Five failures in a row that left nothing behind. Being slow is none: those that say only that
     * a server, a cluster or the machine is busy are borne for the patience, however many they are.
     */
    FRUITLESS {
      @Override
      boolean allows(int failures, long nanos, Duration patience, Throwable cause) {
        return failures < MOST_FRUITLESS || (isBusy(cause) && nanos < patience.toNanos());
      }
    },
    FOUR_TIMES {
      @Override
      boolean allows(int failures, long nanos, Duration patience, Throwable cause) {
        return failures < 4;
      }
    };

    abstract boolean allows(int failures, long nanos, Duration patience, Throwable cause);
  }

  /**
   * How pauses grow.
   *
   * @param jitter whether each is anything from its half on: many wait for the same server
   */
  private record Backoff(long firstMillis, int factor, long longestMillis, boolean jitter) {
    static final Backoff NONE = new Backoff(0, 1, 0, false);
  }

  private final Policy policy;
  private final Duration patience;
  private final LongSupplier clock;
  private long progress;
  private int fruitless;
  private long since;
  private long pauseMillis;

  /** A count that begins, by that clock of nanoseconds. */
  Retries(Policy policy, Duration patience, LongSupplier clock) {
    this.policy = policy;
    this.patience = patience;
    this.clock = clock;
  }

  /** A count that begins. */
  public static Retries of(Policy policy, Duration patience) {
    return new Retries(policy, patience, System::nanoTime);
  }

  /** Counts a failure of work that leaves nothing behind before it is done. */
  public boolean again(Throwable cause) {
    return again(0, cause);
  }

  /**
   * Counts a failure.
   *
   * @param done how far the work is, in any measure that begins at 0 and only grows
   * @return whether to try again, after {@link #pause}
   */
  public boolean again(long done, Throwable cause) {
    if (!policy.tried.test(cause)) {
      return false;
    }
    long now = clock.getAsLong();
    Backoff backoff = policy.backoff;
    if (done > progress) {
      progress = done;
      fruitless = 0;
      pauseMillis = backoff.firstMillis;
      return true;
    }
    if (++fruitless == 1) {
      since = now;
    }
    pauseMillis =
        fruitless == 1
            ? backoff.firstMillis
            : Math.min(pauseMillis * backoff.factor, backoff.longestMillis);
    return policy.limit.allows(fruitless, now - since, patience, cause);
  }

  /** How long to wait before the next try; not beyond the patience where that is the limit. */
  public Duration pause() {
    long nanos = Duration.ofMillis(pauseMillis).toNanos();
    if (policy.backoff.jitter) {
      nanos = ThreadLocalRandom.current().nextLong(nanos / 2, nanos + 1);
    }
    if (policy.limit == Limit.PATIENCE && fruitless > 0) {
      nanos = Math.max(0, Math.min(nanos, since + patience.toNanos() - clock.getAsLong()));
    }
    return Duration.ofNanos(nanos);
  }

  /** Waits as long; false when the signal, or an interruption of the thread, ended that. */
  public boolean await(StopSignal stop) {
    return Pause.of(pause(), stop);
  }

  /** How many failures in a row left nothing behind. */
  public int fruitless() {
    return fruitless;
  }

  /** A failure of a connection or a server and not of the work, or what a person is told of it. */
  private static boolean isTransient(Throwable thrown) {
    return thrown instanceof SQLException failure
        ? SqlStates.classify(failure) == SqlStates.Failure.TRANSIENT
        : thrown instanceof MigrationException told
            && told.kind() == MigrationException.Kind.UNREACHABLE
            && SqlStates.in(told) != null;
  }

  /** A pool, for one, is in time only when it has an answer: why it has none is the cause. */
  private static boolean isBusy(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof TimeoutException || (t instanceof SQLException e && SqlStates.isBusy(e))) {
        return true;
      }
    }
    return false;
  }
}

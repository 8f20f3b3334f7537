package dev.landfall.transforms.load;

import static org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.Preconditions.checkArgument;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.ledger.ClaimHolder;
import dev.landfall.transforms.ledger.Event;
import dev.landfall.transforms.ledger.Events;
import dev.landfall.transforms.ledger.LoadLedger;
import dev.landfall.transforms.ledger.MigrationKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The claim to one chunk: the lock on its ledger row, which lasts until the end of the transaction.
 *
 * <p>Another session that has it is waited for while it gets on, since it will most likely commit
 * the chunk. A session that does nothing belongs to a worker that is frozen, or cut off without the
 * target's knowledge, and would keep the chunk for ever: it is ended. Its worker, should it wake
 * up, meets a broken connection, and when it tries again it finds the chunk committed; or claimed,
 * and waits in its turn.
 *
 * <p>Two workers that are alive do not end each other's sessions in turns. A session is ended only
 * if it has waited for its client all the time, and the client of a COPY has the rows in memory and
 * sends them without a pause. Between two batches of a chunk the client reads from the source,
 * which may take longer; a worker that loses its session there does not try again by itself, so the
 * other one keeps the chunk. What that costs is time, never a row. Before PostgreSQL 14, which
 * first shows how far a COPY is, two could end each other's over a very slow link, until one has
 * tried for as long as load.outage says.
 */
final class ChunkClaim {
  private static final Logger LOG = LoggerFactory.getLogger(ChunkClaim.class);

  /**
   * Longer than a garbage collection or a packet's way round a broken link; much shorter than what
   * a runner takes to give a worker up.
   */
  static final Duration STALLED = Duration.ofSeconds(10);

  /**
   * How many times as long where the server does not show how far a COPY is, so that only its
   * length tells: a batch of 16 MiB takes a minute over a link of 2 Mbit/s.
   */
  private static final int UNSEEN = 6;

  private static final long POLL_MILLIS = 250;

  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  private final MigrationKey migration;
  private final String name;
  private final int table;
  private final long number;
  private final Duration stalled;
  private final Duration outage;

  /** What the holder did last, by its sign, and since when it has done nothing else. */
  private @Nullable String sign;

  private long since;

  /** Why the session with that sign is still there though it was to be ended, null before. */
  private @Nullable String inVain;

  /**
   * @param name the chunk's table, for messages
   * @param stalled how long a session does nothing until it is ended
   * @param outage how much longer one is waited for that can't be ended
   */
  ChunkClaim(
      MigrationKey migration,
      String name,
      int table,
      long number,
      Duration stalled,
      Duration outage) {
    checkArgument(!stalled.isNegative(), "stalled must not be negative: %s", stalled);
    this.migration = migration;
    this.name = name;
    this.table = table;
    this.number = number;
    this.stalled = stalled;
    this.outage = outage;
  }

  /**
   * Begins a transaction and claims the chunk in it, waiting for whoever has it. However it ends,
   * nothing is left on the connection but, after true, that transaction.
   *
   * @return false when there is nothing to do: the chunk is committed, or the run has ended
   * @throws MigrationException of kind FAILED when a session that does nothing can't be ended
   * @throws SQLException as the target gives it; a serialization failure is TRANSIENT
   */
  boolean take(Connection connection) throws SQLException, InterruptedException {
    while (true) {
      connection.setAutoCommit(false);
      try {
        return new LoadLedger(connection, migration, table, number).claim();
      } catch (SQLException e) {
        if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
          throw e;
        }
      }
      // The refusal has spoilt the transaction; and none shall stay open while this one sleeps.
      connection.rollback();
      connection.setAutoCommit(true);
      watch(connection);
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /** Looks at the holder once, and ends its session when it has done nothing for too long. */
  private void watch(Connection connection) throws SQLException {
    ClaimHolder holder =
        ClaimHolder.of(connection, migration, table, number)
            .orElseGet(() -> new ClaimHolder("a session that can't be found", false, false, ""));
    long now = System.nanoTime();
    // The server being at work is as good as progress: a session that waits for another lock, or
    // for a disk, goes on when it has it, and whoever took its place would wait for the same thing.
    // The price is that one whose lock never comes is waited for as long as that takes.
    if (holder.working() || !holder.sign().equals(sign)) {
      sign = holder.sign();
      since = now;
      inVain = null;
      return;
    }
    Duration idle = Duration.ofNanos(now - since);
    Duration patience = holder.silent() ? stalled.multipliedBy(UNSEEN) : stalled;
    if (idle.compareTo(patience) < 0) {
      return;
    }
    if (inVain == null) {
      inVain = end(connection, holder, idle);
    }
    if (idle.compareTo(patience.plus(outage)) > 0) {
      throw new MigrationException(
          MigrationException.Kind.FAILED,
          "Chunk %d of %s is held by %s, which has done nothing for %d s and can't be ended: %s"
                  .formatted(number, name, holder.who(), idle.toSeconds(), inVain)
              + " Committed chunks are safe: let an administrator of the target end it and run the"
              + " same command again.");
    }
  }

  /** Ends the holder's session; returns why it may be there still. */
  private String end(Connection connection, ClaimHolder holder, Duration idle) throws SQLException {
    String what =
        "chunk %d of %s was held by %s, which did nothing for %d s"
            .formatted(number, name, holder.who(), idle.toSeconds());
    try {
      if (!holder.end(connection, migration, table, number)) {
        return "this user does not get to see what it does.";
      }
    } catch (SQLException e) {
      if (!INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
        throw e;
      }
      LOG.warn("{} and may not be ended: {}", what, e.getMessage());
      return Reachability.reason(e);
    }
    LOG.warn("{} and was ended", what);
    Events.add(connection, migration.name(), migration.run(), Event.takeover(name, number, what));
    return "it was told to end, and is still there.";
  }
}

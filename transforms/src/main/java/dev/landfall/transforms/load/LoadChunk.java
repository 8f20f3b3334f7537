package dev.landfall.transforms.load;

import static org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.Preconditions.checkArgument;

import dev.landfall.transforms.convert.ConvertedBatch;
import dev.landfall.transforms.convert.MappingConverter;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Retries;
import dev.landfall.transforms.jdbc.Retries.Policy;
import dev.landfall.transforms.jdbc.SqlStates;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.RejectedSoFar;
import dev.landfall.transforms.ledger.RunStop;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.StopSignal;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.read.ChunkBatches;
import dev.landfall.transforms.read.ChunkReduction;
import dev.landfall.transforms.read.RowBatch;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads a chunk while it is read, in one transaction of the target together with its ledger row, so
 * that a chunk is there exactly once, however often and by how many workers it is tried, frozen
 * ones that wake up again included. A worker of a run that has ended loads nothing.
 *
 * <p>Rows that the target refuses become rejects. When the target can't be reached, a chunk of one
 * batch, as nearly all are, waits and is tried again, up to the outage limit; a longer one fails at
 * once, for it has to be read again. Whatever fails leaves nothing of the chunk behind.
 */
public final class LoadChunk implements ChunkReduction<LoadedChunk> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(LoadChunk.class);

  /** A restart of a server takes less; an operator who looks at the screen waits no longer. */
  public static final Duration DEFAULT_OUTAGE = Duration.ofSeconds(60);

  private static final Pools.Use LOAD = Pools.Use.LOAD;

  private final MigrationKey migration;
  private final Mapping mapping;
  private final Duration outage;
  private final RejectLimit rejectLimit;
  private final Duration stalled;
  private final Counter loadedRows = Metrics.counter("landfall", "rowsLoaded");
  private final Counter rejectedRows = Metrics.counter("landfall", "rowsRejected");

  private transient CopyWriter @Nullable [][] writers;
  private transient @Nullable MappingConverter converter;

  private LoadChunk(
      MigrationKey migration,
      Mapping mapping,
      Duration outage,
      RejectLimit rejectLimit,
      Duration stalled) {
    this.migration = migration;
    this.mapping = mapping;
    this.outage = outage;
    this.rejectLimit = rejectLimit;
    this.stalled = stalled;
  }

  /** Loads chunks of that mapping's tables for that migration. */
  public static LoadChunk into(MigrationKey migration, Mapping mapping) {
    return new LoadChunk(
        migration, mapping, DEFAULT_OUTAGE, RejectLimit.DEFAULT, ChunkClaim.STALLED);
  }

  /** How long an unreachable target is waited for, and a session that can't be ended. */
  public LoadChunk withOutage(Duration limit) {
    checkArgument(!limit.isNegative(), "outage must not be negative: %s", limit);
    return new LoadChunk(migration, mapping, limit, rejectLimit, stalled);
  }

  /** How many rejects the run bears before it stops. */
  public LoadChunk withRejectLimit(RejectLimit limit) {
    return new LoadChunk(migration, mapping, outage, limit, stalled);
  }

  /** How long another session keeps the chunk without doing anything until it is ended. */
  LoadChunk withStalled(Duration limit) {
    return new LoadChunk(migration, mapping, outage, rejectLimit, limit);
  }

  @Override
  public LoadedChunk reduce(ChunkBatches batches) throws SQLException, InterruptedException {
    RowBatch first = batches.next();
    LoadedChunk result =
        batches.hasNext() ? loadPieces(first, batches) : loadWhole(converter().convert(first));
    loadedRows.inc(result.getLoaded());
    rejectedRows.inc(result.getRejected());
    return result;
  }

  /** A chunk of one batch: all that is needed to try it again is at hand. */
  private LoadedChunk loadWhole(ConvertedBatch batch) throws SQLException, InterruptedException {
    Retries tries = Retries.of(Policy.CHUNK, outage);
    while (true) {
      try (Connection connection = Pools.impatient(migration.target(), LOAD).getConnection()) {
        ChunkLoad load = newLoad(connection, batch.source());
        if (!load.begin() || !load.load(batch)) {
          return LoadedChunk.known(batch.source().table(), batch.source().chunk());
        }
        return finish(connection, load);
      } catch (SQLException e) {
        if (SqlStates.classify(e) != SqlStates.Failure.TRANSIENT) {
          throw e;
        }
        if (!tries.again(e)) {
          throw Reachability.gone(Reachability.Side.TARGET, migration.target(), e, outage);
        }
        LOG.info("chunk {} is tried again: {}", batch.source().chunk(), e.getMessage());
        if (!tries.await(StopSignal.NEVER)) {
          throw new InterruptedException();
        }
      }
    }
  }

  /** A chunk of several batches, of which one is in memory at a time. */
  private LoadedChunk loadPieces(RowBatch first, ChunkBatches rest)
      throws SQLException, InterruptedException {
    try (Connection connection = connect()) {
      ChunkLoad load = newLoad(connection, first);
      if (!load.begin()) {
        return LoadedChunk.known(first.table(), first.chunk());
      }
      load.load(converter().convert(first));
      while (rest.hasNext()) {
        load.load(converter().convert(rest.next()));
      }
      return finish(connection, load);
    }
  }

  /** From a pool, which rolls back what is left open, and throws a broken connection away. */
  private Connection connect() throws SQLException {
    return Pools.of(migration.target(), LOAD).getConnection();
  }

  private ChunkLoad newLoad(Connection connection, RowBatch first) {
    TableMapping table = mapping.table(first.table());
    ChunkClaim claim =
        new ChunkClaim(
            migration,
            table.source().name().toString(),
            first.table(),
            first.chunk(),
            stalled,
            outage);
    return new ChunkLoad(connection, claim, migration, table, writers(first.table()), first);
  }

  private LoadedChunk finish(Connection connection, ChunkLoad load) throws SQLException {
    LoadedChunk result = load.commit();
    if (result.getRejected() > 0) {
      stopAboveLimit(connection);
    }
    return result;
  }

  private void stopAboveLimit(Connection connection) throws SQLException {
    RejectedSoFar.Sums sums = RejectedSoFar.sums(connection, migration.name());
    if (rejectLimit.exceeded(sums.rejected(), sums.rows())) {
      RunStop.request(connection, migration.run(), RunStop.REJECTS);
    }
    connection.commit();
  }

  private MappingConverter converter() {
    MappingConverter current = converter;
    if (current == null) {
      current = new MappingConverter(mapping);
      converter = current;
    }
    return current;
  }

  private CopyWriter[] writers(int table) {
    CopyWriter[][] all = writers;
    if (all == null) {
      all = new CopyWriter[mapping.tables().size()][];
      writers = all;
    }
    if (all[table] == null) {
      all[table] =
          mapping.table(table).targets().stream()
              .map(target -> new CopyWriter(target))
              .toArray(CopyWriter[]::new);
    }
    return all[table];
  }
}

package dev.landfall.transforms.load;

import dev.landfall.transforms.convert.ConvertedBatch;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.SqlStates;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.RunStop;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.schema.Mapping;
import dev.landfall.transforms.schema.TargetTable;
import dev.landfall.transforms.sql.LedgerSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the batches of a chunk into one transaction, and tries again what a server's hiccup undid.
 */
final class LoadFn extends DoFn<ConvertedBatch, LoadedChunk> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(LoadFn.class);

  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private final MigrationKey migration;
  private final Mapping mapping;
  private final Duration outage;
  private final RejectLimit rejectLimit;
  private final Counter loadedRows = Metrics.counter("landfall", "rowsLoaded");
  private final Counter rejectedRows = Metrics.counter("landfall", "rowsRejected");

  private transient CopyWriter @Nullable [][] writers;
  private transient @Nullable Connection connection;
  private transient @Nullable ChunkLoad open;
  private transient boolean skipping;

  LoadFn(MigrationKey migration, Mapping mapping, Duration outage, RejectLimit rejectLimit) {
    this.migration = migration;
    this.mapping = mapping;
    this.outage = outage;
    this.rejectLimit = rejectLimit;
  }

  @Setup
  public void setup() {
    writers = new CopyWriter[mapping.tables().size()][];
  }

  @ProcessElement
  public void process(@Element ConvertedBatch batch, OutputReceiver<LoadedChunk> out)
      throws SQLException, InterruptedException {
    RowBatch source = batch.source();
    LoadedChunk result =
        source.sequence() == 0 && source.last() ? loadWhole(batch) : loadPiece(batch);
    if (result != null) {
      loadedRows.inc(result.getLoaded());
      rejectedRows.inc(result.getRejected());
      out.output(result);
    }
  }

  /** A chunk of one batch: all that is needed to try it again is at hand. */
  private @Nullable LoadedChunk loadWhole(ConvertedBatch batch)
      throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + outage.toNanos();
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      try {
        ChunkLoad load = newLoad(batch.source());
        if (!load.begin()) {
          connection().rollback();
          return null;
        }
        load.load(batch);
        return finish(load);
      } catch (SQLException e) {
        disconnect();
        if (SqlStates.classify(e) != SqlStates.Failure.TRANSIENT) {
          throw e;
        }
        if (System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause) > deadline) {
          throw Reachability.gone(Reachability.Side.TARGET, migration.target(), e, outage);
        }
        LOG.info("chunk {} is tried again: {}", batch.source().chunk(), e.getMessage());
        TimeUnit.MILLISECONDS.sleep(pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
      } catch (RuntimeException e) {
        disconnect();
        throw e;
      }
    }
  }

  /** A piece of a chunk of several batches, which come one behind another in this bundle. */
  private @Nullable LoadedChunk loadPiece(ConvertedBatch batch) throws SQLException {
    try {
      if (batch.source().sequence() == 0) {
        ChunkLoad load = newLoad(batch.source());
        skipping = !load.begin();
        open = load;
      }
      ChunkLoad load = open;
      if (load == null) {
        throw new IllegalStateException("a piece without its first one: " + batch.source());
      }
      if (!skipping) {
        load.load(batch);
      }
      if (!batch.source().last()) {
        return null;
      }
      open = null;
      if (skipping) {
        connection().rollback();
        return null;
      }
      return finish(load);
    } catch (SQLException | RuntimeException e) {
      open = null;
      disconnect();
      throw e;
    }
  }

  private ChunkLoad newLoad(RowBatch first) throws SQLException {
    return new ChunkLoad(
        connection(), migration, mapping.table(first.table()), writers(first.table()), first);
  }

  private LoadedChunk finish(ChunkLoad load) throws SQLException {
    LoadedChunk result = load.commit();
    if (result.getRejected() > 0) {
      stopAboveLimit();
    }
    return result;
  }

  private void stopAboveLimit() throws SQLException {
    try (PreparedStatement select = connection().prepareStatement(LedgerSql.REJECTED)) {
      select.setString(1, migration.name());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        long rejects = row.getLong(1);
        long rows = row.getLong(2);
        if (rejectLimit.exceeded(rejects, rows)) {
          RunStop.request(connection(), migration.run(), RunStop.REJECTS);
        }
      }
    }
    connection().commit();
  }

  private CopyWriter[] writers(int table) {
    CopyWriter[][] all = java.util.Objects.requireNonNull(writers);
    if (all[table] == null) {
      all[table] =
          mapping.table(table).targets().stream()
              .map((TargetTable t) -> new CopyWriter(t))
              .toArray(CopyWriter[]::new);
    }
    return all[table];
  }

  private Connection connection() throws SQLException {
    Connection current = connection;
    if (current == null) {
      current = Pools.of(migration.target(), Pools.Use.LOAD).getConnection();
      connection = current;
    }
    return current;
  }

  @FinishBundle
  public void finishBundle() {
    boolean unfinished = open != null;
    open = null;
    disconnect();
    if (unfinished) {
      throw new IllegalStateException("a bundle ended in the middle of a chunk");
    }
  }

  @Teardown
  public void teardown() {
    disconnect();
  }

  /** Gives the connection back, rolled back; a broken one is thrown away by the pool. */
  private void disconnect() {
    Connection current = connection;
    connection = null;
    if (current != null) {
      try {
        current.close();
      } catch (SQLException e) {
        LOG.debug("closing a connection that failed before", e);
      }
    }
  }
}

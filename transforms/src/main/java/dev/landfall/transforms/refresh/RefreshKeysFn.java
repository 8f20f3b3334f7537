package dev.landfall.transforms.refresh;

import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.PooledFn;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.Step;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.StopSignal;
import java.sql.Connection;
import java.sql.SQLException;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.jspecify.annotations.Nullable;

/** Refreshes each batch over connections of the pools. */
final class RefreshKeysFn extends PooledFn<KeyBatch, RefreshedKey> {
  private static final long serialVersionUID = 1L;

  private final ConnectionSettings source;
  private final MigrationKey migration;
  private final Mapping mapping;
  private final RowIdentity.Factory identities;
  private final @Nullable Long verification;
  private final StopSignal stop;
  private final Counter refreshed = Metrics.counter("landfall", "keysRefreshed");

  private transient @Nullable KeyRefresh refresh;

  RefreshKeysFn(
      ConnectionSettings source,
      MigrationKey migration,
      Mapping mapping,
      RowIdentity.Factory identities,
      @Nullable Long verification,
      StopSignal stop) {
    this.source = source;
    this.migration = migration;
    this.mapping = mapping;
    this.identities = identities;
    this.verification = verification;
    this.stop = stop;
  }

  @ProcessElement
  public void process(@Element KeyBatch batch, OutputReceiver<RefreshedKey> out)
      throws SQLException {
    if (stop.stopRequested()) {
      return;
    }
    KeyRefresh current = refresh;
    if (current == null) {
      current = new KeyRefresh(mapping, identities, migration, verification);
      refresh = current;
    }
    try (Connection from = Pools.of(source, Pools.Use.GENERAL).getConnection();
        Connection to = Pools.of(migration.target(), Pools.Use.GENERAL).getConnection()) {
      for (RefreshedKey key : current.run(from, to, batch)) {
        refreshed.inc();
        out.output(key);
      }
    }
    Step.of(migration, Step.Kind.REPAIR).add(batch.keys().size(), 0, 0);
  }
}

package dev.landfall.transforms.refresh;

import dev.landfall.transforms.jdbc.PooledFn;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.ledger.Step;
import java.sql.Connection;
import java.sql.SQLException;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.jspecify.annotations.Nullable;

/** Refreshes each batch over connections of the pools. */
final class RefreshKeysFn extends PooledFn<KeyBatch, RefreshedKey> {
  private static final long serialVersionUID = 1L;

  private final RefreshKeys spec;
  private final Counter refreshed = Metrics.counter("landfall", "keysRefreshed");

  private transient @Nullable KeyRefresh refresh;

  RefreshKeysFn(RefreshKeys spec) {
    this.spec = spec;
  }

  @ProcessElement
  public void process(@Element KeyBatch batch, OutputReceiver<RefreshedKey> out)
      throws SQLException {
    if (spec.getStopSignal().stopRequested()) {
      return;
    }
    KeyRefresh current = refresh;
    if (current == null) {
      current = new KeyRefresh(spec.getMapping(), spec.getMigration(), spec.getVerification());
      refresh = current;
    }
    try (Connection from = Pools.of(spec.getSource(), Pools.Use.GENERAL).getConnection();
        Connection to = Pools.of(spec.getMigration().target(), Pools.Use.GENERAL).getConnection()) {
      for (RefreshedKey key : current.run(from, to, batch)) {
        refreshed.inc();
        out.output(key);
      }
    }
    Step.of(spec.getMigration(), Step.Kind.REPAIR).add(batch.keys().size(), 0, 0);
  }
}

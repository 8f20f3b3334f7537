package dev.landfall.transforms.refresh;

import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.StopSignal;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * Brings single keys of the target up to date with what the source has at the moment: the one way
 * in which that is done, whatever named the keys. Each batch is a transaction of its own, as {@link
 * KeyRefresh} describes it; doing it twice is doing it once, and the order does not matter. What
 * became of the keys is in {@code landfall.repair} when an element comes out.
 */
public final class RefreshKeys
    extends PTransform<PCollection<KeyBatch>, PCollection<RefreshedKey>> {
  private static final long serialVersionUID = 1L;

  private final ConnectionSettings source;
  private final MigrationKey migration;
  private final Mapping mapping;
  private final RowIdentity.Factory identities;
  private final @Nullable Long verification;
  private final StopSignal stop;

  private RefreshKeys(
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

  /** Refreshes keys of that mapping's target tables for that migration. */
  public static RefreshKeys of(
      ConnectionSettings source,
      MigrationKey migration,
      Mapping mapping,
      RowIdentity.Factory identities) {
    return new RefreshKeys(source, migration, mapping, identities, null, StopSignal.NEVER);
  }

  /** The run of the verification that named the keys. */
  public RefreshKeys onBehalfOf(long run) {
    return new RefreshKeys(source, migration, mapping, identities, run, stop);
  }

  /** Asked before each batch; once it says stop, nothing is refreshed and nothing comes out. */
  public RefreshKeys withStopSignal(StopSignal signal) {
    return new RefreshKeys(source, migration, mapping, identities, verification, signal);
  }

  @Override
  public PCollection<RefreshedKey> expand(PCollection<KeyBatch> batches) {
    return batches
        .apply(
            "Refresh",
            ParDo.of(new RefreshKeysFn(source, migration, mapping, identities, verification, stop)))
        .setCoder(SerializableCoder.of(RefreshedKey.class));
  }
}

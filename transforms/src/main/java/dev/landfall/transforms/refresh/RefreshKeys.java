package dev.landfall.transforms.refresh;

import com.google.auto.value.AutoValue;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.StopSignal;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * Brings single keys of the target up to date with what the source has at the moment: the one way
 * in which that is done, whatever named the keys. Each batch is a transaction of its own, as {@link
 * KeyRefresh} describes it; doing it twice is doing it once, and the order does not matter. What
 * became of the keys is in {@code landfall.repair} when an element comes out.
 */
@AutoValue
public abstract class RefreshKeys
    extends PTransform<PCollection<KeyBatch>, PCollection<RefreshedKey>> {
  abstract ConnectionSettings getSource();

  abstract MigrationKey getMigration();

  abstract Mapping getMapping();

  abstract @Nullable Long getVerification();

  abstract StopSignal getStopSignal();

  abstract Builder toBuilder();

  /** Refreshes keys of that mapping's target tables for that migration. */
  public static RefreshKeys of(ConnectionSettings source, MigrationKey migration, Mapping mapping) {
    return new AutoValue_RefreshKeys.Builder()
        .setSource(source)
        .setMigration(migration)
        .setMapping(mapping)
        .setStopSignal(StopSignal.NEVER)
        .build();
  }

  /** The run of the verification that named the keys. */
  public RefreshKeys onBehalfOf(long run) {
    return toBuilder().setVerification(run).build();
  }

  /** Asked before each batch; once it says stop, nothing is refreshed and nothing comes out. */
  public RefreshKeys withStopSignal(StopSignal signal) {
    return toBuilder().setStopSignal(signal).build();
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder.add(DisplayData.item("source", getSource().display()).withLabel("Source"));
    builder.add(DisplayData.item("migration", getMigration().name()).withLabel("Migration"));
    builder.addIfNotNull(
        DisplayData.item("verification", getVerification()).withLabel("Run of the verification"));
  }

  @Override
  public PCollection<RefreshedKey> expand(PCollection<KeyBatch> batches) {
    return batches
        .apply("Refresh", ParDo.of(new RefreshKeysFn(this)))
        .setCoder(SerializableCoder.of(RefreshedKey.class));
  }

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setSource(ConnectionSettings source);

    abstract Builder setMigration(MigrationKey migration);

    abstract Builder setMapping(Mapping mapping);

    abstract Builder setVerification(@Nullable Long run);

    abstract Builder setStopSignal(StopSignal stop);

    abstract RefreshKeys build();
  }
}

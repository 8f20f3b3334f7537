package dev.landfall.transforms.load;

import static org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.Preconditions.checkArgument;

import com.google.auto.value.AutoValue;
import dev.landfall.transforms.convert.ConvertedBatch;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.schema.Mapping;
import java.time.Duration;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/**
 * Loads chunks: each in one transaction of the target together with its ledger row, so that a chunk
 * is there exactly once, however often and by how many workers it is tried. Gives one {@link
 * LoadedChunk} for each chunk that this transform committed; none for one that was committed
 * already.
 *
 * <p>Rows that the target refuses become rejects. When the target can't be reached the load waits
 * and tries again, up to the outage limit, and then fails; nothing of the chunk is left behind.
 */
@AutoValue
public abstract class LoadRows
    extends PTransform<PCollection<ConvertedBatch>, PCollection<LoadedChunk>> {
  /** A restart of a server takes less; an operator who looks at the screen waits no longer. */
  public static final Duration DEFAULT_OUTAGE = Duration.ofSeconds(60);

  abstract Mapping getMapping();

  abstract MigrationKey getMigration();

  abstract Duration getOutage();

  abstract RejectLimit getRejectLimit();

  abstract Builder toBuilder();

  /** Loads tables of that mapping for that migration. */
  public static LoadRows into(MigrationKey migration, Mapping mapping) {
    return new AutoValue_LoadRows.Builder()
        .setMapping(mapping)
        .setMigration(migration)
        .setOutage(DEFAULT_OUTAGE)
        .setRejectLimit(RejectLimit.DEFAULT)
        .build();
  }

  /** How long an unreachable target is waited for. */
  public LoadRows withOutage(Duration outage) {
    checkArgument(!outage.isNegative(), "outage must not be negative: %s", outage);
    return toBuilder().setOutage(outage).build();
  }

  /** How many rejects the run bears before it stops. */
  public LoadRows withRejectLimit(RejectLimit limit) {
    return toBuilder().setRejectLimit(limit).build();
  }

  @Override
  public PCollection<LoadedChunk> expand(PCollection<ConvertedBatch> batches) {
    return batches.apply(
        "Load", ParDo.of(new LoadFn(getMigration(), getMapping(), getOutage(), getRejectLimit())));
  }

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setMapping(Mapping mapping);

    abstract Builder setMigration(MigrationKey migration);

    abstract Builder setOutage(Duration outage);

    abstract Builder setRejectLimit(RejectLimit limit);

    abstract LoadRows build();
  }
}

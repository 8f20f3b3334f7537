package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.schema.Mapping;
import dev.landfall.validation.digest.BatchDigester;
import dev.landfall.validation.digest.Digest;
import dev.landfall.validation.digest.DigestKey;
import java.sql.SQLException;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * Sums row hashes within a bundle, by the pieces that the ledger says once planning is over, which
 * it is when the first element comes.
 */
abstract class DigestFn<T> extends DoFn<T, KV<DigestKey, Digest>> {
  private static final long serialVersionUID = 1L;

  private final MigrationKey migration;
  private final Mapping mapping;
  private transient @Nullable BatchDigester digester;

  DigestFn(MigrationKey migration, Mapping mapping) {
    this.migration = migration;
    this.mapping = mapping;
  }

  Mapping mapping() {
    return mapping;
  }

  BatchDigester digester() throws SQLException {
    BatchDigester current = digester;
    if (current == null) {
      current = new BatchDigester(mapping, new ComparisonLedger(migration).pieces());
      digester = current;
    }
    return current;
  }

  /** Says that the chunk was read when this is its end. */
  static void tell(RowBatch batch, MultiOutputReceiver out) {
    if (batch.last()) {
      out.get(Digested.CHUNKS).output(KV.of(batch.table(), batch.chunk()));
    }
  }

  /** Forgets what a bundle left that failed. */
  @StartBundle
  public void start() {
    if (digester != null) {
      digester.clear();
    }
  }

  @FinishBundle
  public void finish(FinishBundleContext context) {
    if (digester != null) {
      digester.drain(
          (key, digest) ->
              context.output(
                  KV.of(key, digest), BoundedWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE));
    }
  }
}

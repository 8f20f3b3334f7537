package dev.landfall.validation.digest;

import dev.landfall.transforms.convert.ConvertedBatch;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.schema.Mapping;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Sums row hashes of batches. A piece gives one digest for each bundle that had rows of it, so
 * digests of the same key are to be merged; their number is that of the pieces, not of the rows. To
 * be given bounded batches in the global window.
 */
public final class DigestRows {
  private DigestRows() {}

  /** Digests of the source's side: of all target tables that the converted rows go to. */
  public static PTransform<PCollection<ConvertedBatch>, PCollection<KV<DigestKey, Digest>>>
      ofSource(Mapping mapping, Pieces pieces) {
    return new Transform<>(new DigestSourceFn(mapping, pieces));
  }

  /**
   * Digests of the target's side.
   *
   * @param target which of a mapping's target tables the batches were read from: its position in
   *     {@link dev.landfall.transforms.schema.TableMapping#targets()}
   */
  public static PTransform<PCollection<RowBatch>, PCollection<KV<DigestKey, Digest>>> ofTarget(
      Mapping mapping, Pieces pieces, int target) {
    return new Transform<>(new DigestTargetFn(mapping, pieces, target));
  }

  private static final class Transform<T>
      extends PTransform<PCollection<T>, PCollection<KV<DigestKey, Digest>>> {
    private static final long serialVersionUID = 1L;

    private final DoFn<T, KV<DigestKey, Digest>> fn;

    Transform(DoFn<T, KV<DigestKey, Digest>> fn) {
      this.fn = fn;
    }

    @Override
    public PCollection<KV<DigestKey, Digest>> expand(PCollection<T> batches) {
      return batches
          .apply("Hash and sum", ParDo.of(fn))
          .setCoder(KvCoder.of(DigestKeyCoder.of(), DigestCoder.of()));
    }
  }
}

package dev.landfall.validation.difference;

import dev.landfall.transforms.convert.ConvertedBatch;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.schema.Mapping;
import dev.landfall.validation.digest.DigestKey;
import dev.landfall.validation.digest.DigestKeyCoder;
import dev.landfall.validation.digest.Disagreement;
import dev.landfall.validation.digest.Pieces;
import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * Hashes row by row what is in pieces that disagree; rows of other pieces are left out. The rows of
 * a batch stay together in one element for each piece, so that matching shuffles few large elements
 * and not many small ones.
 *
 * <p>A runner that does not spill, as the Direct runner, has all of them in memory at once: see
 * {@link Detail} for what a row takes, on each side, and give it no more pieces at a time than fit.
 */
public final class KeyedHashes {
  private KeyedHashes() {}

  /**
   * Of the source's side.
   *
   * @param disagreeing the pieces to look at
   */
  public static PTransform<PCollection<ConvertedBatch>, PCollection<KV<DigestKey, RowHashes>>>
      ofSource(
          Mapping mapping,
          Pieces pieces,
          PCollectionView<Map<DigestKey, Disagreement>> disagreeing,
          Detail detail) {
    return new Transform<>(new HashSourceFn(mapping, pieces, disagreeing, detail));
  }

  /**
   * Of the target's side.
   *
   * @param disagreeing the pieces to look at
   * @param target which of a mapping's target tables the batches were read from
   */
  public static PTransform<PCollection<RowBatch>, PCollection<KV<DigestKey, RowHashes>>> ofTarget(
      Mapping mapping,
      Pieces pieces,
      PCollectionView<Map<DigestKey, Disagreement>> disagreeing,
      Detail detail,
      int target) {
    return new Transform<>(new HashTargetFn(mapping, pieces, disagreeing, detail, target));
  }

  private static final class Transform<T>
      extends PTransform<PCollection<T>, PCollection<KV<DigestKey, RowHashes>>> {
    private static final long serialVersionUID = 1L;

    private final HashFn<T> fn;

    Transform(HashFn<T> fn) {
      this.fn = fn;
    }

    @Override
    public PCollection<KV<DigestKey, RowHashes>> expand(PCollection<T> batches) {
      return batches
          .apply("Hash rows and columns", ParDo.of(fn).withSideInputs(fn.disagreeing()))
          .setCoder(KvCoder.of(DigestKeyCoder.of(), RowHashesCoder.of()));
    }
  }
}

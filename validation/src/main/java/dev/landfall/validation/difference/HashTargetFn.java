package dev.landfall.validation.difference;

import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.schema.Mapping;
import dev.landfall.validation.digest.DigestKey;
import dev.landfall.validation.digest.Disagreement;
import dev.landfall.validation.digest.Pieces;
import java.util.Map;
import org.apache.beam.sdk.values.PCollectionView;

/** Hashes the rows of a batch that was read from a target table. */
final class HashTargetFn extends HashFn<RowBatch> {
  private static final long serialVersionUID = 1L;

  private final int target;

  HashTargetFn(
      Mapping mapping,
      Pieces pieces,
      PCollectionView<Map<DigestKey, Disagreement>> disagreeing,
      Detail detail,
      int target) {
    super(mapping, pieces, disagreeing, detail);
    this.target = target;
  }

  @Override
  void rows(RowBatch batch, Sink sink) {
    sink.accept(batch.table(), target, batch.chunk(), batch.rows());
  }
}

package dev.landfall.validation.difference;

import dev.landfall.transforms.convert.ConvertedBatch;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.schema.Mapping;
import dev.landfall.validation.digest.DigestKey;
import dev.landfall.validation.digest.Disagreement;
import dev.landfall.validation.digest.Pieces;
import java.util.Map;
import org.apache.beam.sdk.values.PCollectionView;

/** Hashes the rows of every target table of a converted batch. */
final class HashSourceFn extends HashFn<ConvertedBatch> {
  private static final long serialVersionUID = 1L;

  HashSourceFn(
      Mapping mapping,
      Pieces pieces,
      PCollectionView<Map<DigestKey, Disagreement>> disagreeing,
      Detail detail) {
    super(mapping, pieces, disagreeing, detail);
  }

  @Override
  void rows(ConvertedBatch batch, Sink sink) {
    RowBatch source = batch.source();
    for (int target = 0; target < batch.targets().size(); target++) {
      sink.accept(source.table(), target, source.chunk(), batch.targets().get(target));
    }
  }
}

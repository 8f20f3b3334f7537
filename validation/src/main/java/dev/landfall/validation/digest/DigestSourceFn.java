package dev.landfall.validation.digest;

import dev.landfall.transforms.convert.ConvertedBatch;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.schema.Mapping;

/** Digests the rows of every target table of a converted batch. */
final class DigestSourceFn extends DigestFn<ConvertedBatch> {
  private static final long serialVersionUID = 1L;

  DigestSourceFn(Mapping mapping, Pieces pieces) {
    super(mapping, pieces);
  }

  @Override
  void add(ConvertedBatch batch, BatchDigester to) {
    RowBatch source = batch.source();
    for (int target = 0; target < batch.targets().size(); target++) {
      to.add(source.table(), target, source.chunk(), batch.targets().get(target));
    }
  }
}

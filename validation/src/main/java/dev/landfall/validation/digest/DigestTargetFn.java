package dev.landfall.validation.digest;

import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.schema.Mapping;

/** Digests the rows of a batch that was read from a target table. */
final class DigestTargetFn extends DigestFn<RowBatch> {
  private static final long serialVersionUID = 1L;

  private final int target;

  DigestTargetFn(Mapping mapping, Pieces pieces, int target) {
    super(mapping, pieces);
    this.target = target;
  }

  @Override
  void add(RowBatch batch, BatchDigester to) {
    to.add(batch.table(), target, batch.chunk(), batch.rows());
  }
}

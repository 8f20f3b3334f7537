package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.read.RowBatch;

/** Takes what is read of the target as it is; its tables are positions among all targets. */
final class TargetSide implements Side {
  private static final long serialVersionUID = 1L;

  private final TargetQueries targets;

  TargetSide(Mapping mapping) {
    this.targets = new TargetQueries(mapping);
  }

  @Override
  public int table(int position) {
    return targets.position(position).table();
  }

  @Override
  public void rows(RowBatch batch, Receiver receiver) {
    receiver.rows(targets.position(batch.table()), batch.rows());
  }
}

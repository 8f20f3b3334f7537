package dev.landfall.transforms.convert;

import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.read.Rows;
import java.util.List;

/** Makes converted batches of rows that are given. */
public final class ConvertedBatches {
  private ConvertedBatches() {}

  /** A batch without rejects or dispositions. */
  public static ConvertedBatch of(RowBatch source, List<Rows> targets) {
    return new ConvertedBatch(source, targets, null, List.of(), List.of());
  }
}

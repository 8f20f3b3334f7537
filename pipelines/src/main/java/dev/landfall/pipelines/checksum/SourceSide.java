package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.convert.ConvertedBatch;
import dev.landfall.transforms.convert.MappingConverter;
import dev.landfall.transforms.partition.Chunk;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.schema.Mapping;
import org.jspecify.annotations.Nullable;

/** Converts what is read of the source as the load does. */
final class SourceSide implements Side {
  private static final long serialVersionUID = 1L;

  private final Mapping mapping;
  private final boolean rejects;
  private transient @Nullable MappingConverter converter;

  /**
   * @param rejects whether to tell of rows that can't be converted: once in a comparison, however
   *     often their pieces are read
   */
  SourceSide(Mapping mapping, boolean rejects) {
    this.mapping = mapping;
    this.rejects = rejects;
  }

  @Override
  public int table(Chunk chunk) {
    return chunk.getTable();
  }

  @Override
  public void rows(RowBatch batch, Receiver receiver) {
    MappingConverter ready = converter;
    if (ready == null) {
      ready = new MappingConverter(mapping);
      converter = ready;
    }
    ConvertedBatch converted = ready.convert(batch);
    for (int target = 0; target < converted.targets().size(); target++) {
      receiver.rows(batch.table(), target, converted.targets().get(target));
    }
    if (rejects && !converted.rejects().isEmpty()) {
      receiver.rejects(batch.table(), converted.rejects());
    }
  }
}

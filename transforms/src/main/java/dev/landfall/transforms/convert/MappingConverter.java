package dev.landfall.transforms.convert;

import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.read.RowBatch;
import org.jspecify.annotations.Nullable;

/** Applies a mapping to batches of any of its tables. Not thread-safe. */
public final class MappingConverter {
  private final Mapping mapping;
  private final @Nullable TableConverter[] converters;

  /** A converter for all tables of that mapping. */
  public MappingConverter(Mapping mapping) {
    this.mapping = mapping;
    this.converters = new TableConverter[mapping.tables().size()];
  }

  /** The batch as rows of the target tables. */
  public ConvertedBatch convert(RowBatch batch) {
    TableConverter converter = converters[batch.table()];
    if (converter == null) {
      converter = new TableConverter(mapping.table(batch.table()));
      converters[batch.table()] = converter;
    }
    return converter.convert(batch);
  }
}

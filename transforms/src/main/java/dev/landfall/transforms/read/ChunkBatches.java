package dev.landfall.transforms.read;

import java.sql.SQLException;

/** The batches of a chunk while it is read: at least one, in order, one of them at a time. */
public interface ChunkBatches {
  /** Whether {@link #next} has another batch. */
  boolean hasNext();

  /** The next batch. */
  RowBatch next() throws SQLException;
}

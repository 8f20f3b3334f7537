package dev.landfall.transforms.read;

import dev.landfall.transforms.model.Chunk;
import java.sql.SQLException;

/** The batches of a chunk while it is read: at least one, in order, one of them at a time. */
public interface ChunkBatches {
  /** The chunk that is read. */
  Chunk chunk();

  /** Whether {@link #next} has another batch. */
  boolean hasNext();

  /** The next batch. It takes the place of the one before, whose rows are then no longer good. */
  RowBatch next() throws SQLException;
}

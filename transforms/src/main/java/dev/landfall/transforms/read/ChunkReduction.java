package dev.landfall.transforms.read;

import java.io.Serializable;
import java.sql.SQLException;

/**
 * Makes one element of a whole chunk while it is read. A runner keeps what a step gives until the
 * next step has taken it, so a chunk that is passed on as batches is in memory whole; reduced, only
 * one batch of it is.
 *
 * <p>Called by one thread at a time, for a chunk again when its read failed: what it keeps between
 * calls must not be part of the result.
 *
 * @param <T> what becomes of a chunk
 */
@FunctionalInterface
public interface ChunkReduction<T> extends Serializable {
  /** Walks the batches as far as it needs to, and says what they come to. */
  T reduce(ChunkBatches batches) throws SQLException, InterruptedException;
}

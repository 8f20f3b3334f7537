package dev.landfall.validation.digest;

import dev.landfall.transforms.value.Rows;
import java.util.function.BiConsumer;

/**
 * Brings rows of target tables together by piece. Knows nothing of Beam, so that a reader may do it
 * with rows as they come. Not thread-safe.
 *
 * @param <T> what the rows of a piece become
 */
public interface PieceCollector<T> {
  /**
   * Adds rows of a target table. A piece may get rows in several calls; one without rows has to be
   * told of as well, with no rows.
   */
  void add(int table, int target, long chunk, Rows rows);

  /** Hands out what was added since the last time, each piece in one part or several. */
  void drain(BiConsumer<DigestKey, T> consumer);

  /** Forgets what was added since the last {@link #drain}. */
  void clear();
}

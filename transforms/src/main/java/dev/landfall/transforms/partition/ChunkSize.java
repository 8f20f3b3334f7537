package dev.landfall.transforms.partition;

import dev.landfall.transforms.model.SourceTable;
import java.io.Serializable;

/**
 * How large chunks are planned.
 *
 * @param rows at most about so many rows
 * @param bytes and at most about so many bytes, by the source's statistics
 */
public record ChunkSize(long rows, long bytes) implements Serializable {
  /**
   * Twenty-five thousand rows load in a few tenths of a second: small enough that little is lost by
   * a kill, large enough that neither a commit shows nor what a runner does for each bundle.
   */
  public static final ChunkSize DEFAULT = new ChunkSize(25_000, 16 << 20);

  public ChunkSize {
    if (rows < 1 || bytes < 1) {
      throw new IllegalArgumentException("chunks of " + rows + " rows, " + bytes + " bytes");
    }
  }

  /** So many times as large. */
  public ChunkSize times(int factor) {
    return new ChunkSize(Math.multiplyExact(rows, factor), Math.multiplyExact(bytes, factor));
  }

  /** How many rows a chunk of that table shall have, at least one. */
  public long rowsOf(SourceTable table) {
    if (table.estimatedRows() <= 0 || table.estimatedBytes() <= 0) {
      return rows;
    }
    long rowBytes = Math.max(1, table.estimatedBytes() / table.estimatedRows());
    return Math.max(1, Math.min(rows, bytes / rowBytes));
  }
}

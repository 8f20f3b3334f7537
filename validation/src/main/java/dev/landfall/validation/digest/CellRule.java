package dev.landfall.validation.digest;

import dev.landfall.transforms.model.Chunk;
import dev.landfall.transforms.model.KeyRange;
import java.io.Serializable;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * How all pieces of a target table fall into cells; said once, when both sides are planned.
 *
 * @param count how many cells each piece has; 1 for none
 * @param column the position in the target table of the column by whose numbers chunks are cut
 *     first; -1 where they are not, and cells go by hash
 * @param lowest the column's least value when it was planned, rounded down; null when not known
 * @param highest the greatest, rounded down
 */
public record CellRule(
    int count, int column, @Nullable BigInteger lowest, @Nullable BigInteger highest)
    implements Serializable {
  /** No cells. */
  public static final CellRule NONE = new CellRule(1, -1, null, null);

  /** Pieces with fewer rows are read again whole in no time. */
  public static final int MIN_ROWS = 256;

  /** A cell shall have some rows: its digest costs as much as a tenth of a row or two. */
  private static final int ROWS_PER_CELL = 16;

  /** More ranges than that are no quicker to read than the whole chunk. */
  private static final int MAX_CELLS = 512;

  /** What both sides send of a bucket comes again with each of their chunks. */
  private static final int MAX_CELLS_OF_BUCKET = 256;

  /** What the cells of all tables may be on one side, 16 bytes each, in memory at once. */
  private static final long BUDGET = 1 << 20;

  /**
   * A number of cells for each piece of a table, so that neither they nor what is to be read again
   * become much: a few hundred, fewer where there are many pieces.
   *
   * @param rows of the table, an estimate
   * @param chunks of the side that has more
   * @param buckets 0 when the table is compared by chunk
   * @param tables how many tables there are, which share the memory for cells
   */
  public static int countFor(long rows, long chunks, int buckets, int tables) {
    long pieceRows = rows / (buckets > 0 ? buckets : chunks);
    if (pieceRows < MIN_ROWS) {
      return 1;
    }
    long digests = chunks * Math.max(1, buckets);
    long count =
        Math.min(
            Math.min(buckets > 0 ? MAX_CELLS_OF_BUCKET : MAX_CELLS, pieceRows / ROWS_PER_CELL),
            BUDGET / Math.max(1, tables) / digests);
    return (int) Math.max(1, count);
  }

  /** The cells of a piece that holds rows of that chunk. */
  public Cutting of(Chunk chunk) {
    if (count == 1) {
      return Cutting.NONE;
    }
    return column >= 0 && chunk.getCut() == Chunk.Cut.KEY
        ? Cutting.byNumber(
            count, column, new KeyRange(chunk.getStart(), chunk.getEnd()), lowest, highest)
        : Cutting.byHash(count);
  }
}

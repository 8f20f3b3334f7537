package dev.landfall.validation.digest;

import dev.landfall.validation.result.TableKey;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * How tables fall into pieces that can be compared: by chunk where both sides are read by the same
 * ranges, or by bucket, which the hash of a row's key chooses (of the row, without a key), where
 * each side is read by ranges of its own.
 */
public final class Pieces implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The rows of a chunk, about. */
  private static final double CHUNK_ROWS = 25_000;

  private static final int MIN_BUCKETS = 16;

  /** Every batch has rows in nearly every bucket, so buckets multiply the digests of a side. */
  private static final int MAX_BUCKETS = 1024;

  private final Map<TableKey, Integer> buckets;

  private Pieces(Map<TableKey, Integer> buckets) {
    this.buckets = Map.copyOf(buckets);
  }

  /** All tables by chunk. */
  public static Pieces byChunk() {
    return new Pieces(Map.of());
  }

  /**
   * The same, but that target table in so many buckets.
   *
   * @throws IllegalArgumentException when there would be none
   */
  public Pieces withBuckets(int table, int target, int count) {
    if (count < 1) {
      throw new IllegalArgumentException(count + " buckets");
    }
    Map<TableKey, Integer> more = new HashMap<>(buckets);
    more.put(new TableKey(table, target), count);
    return new Pieces(more);
  }

  /** Into how many buckets the rows of that target table fall; 0 when it is cut by chunk. */
  public int buckets(int table, int target) {
    return buckets.getOrDefault(new TableKey(table, target), 0);
  }

  /**
   * A number of buckets that suits a table of so many rows: four times the root of the number of
   * chunks, so that neither the digests (chunks times buckets) nor the rows to look at again when
   * one bucket disagrees (rows by buckets) become many.
   */
  public static int bucketsFor(long estimatedRows) {
    double fitting = 4 * Math.sqrt(estimatedRows / CHUNK_ROWS);
    return (int) Math.max(MIN_BUCKETS, Math.min(MAX_BUCKETS, fitting));
  }

  /** The bucket that a key with that hash falls into. */
  public static int bucket(long keyHash, int buckets) {
    return (int) (((keyHash >>> Integer.SIZE) * buckets) >>> Integer.SIZE);
  }
}

package dev.landfall.validation.digest;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The digest of a piece on one side, and of each of its cells what is enough to tell which ones
 * disagree: count and the lower half of the sum. Whether a piece is equal is for {@link #all} to
 * say. Immutable.
 */
public final class PieceDigest {
  /** Of no rows. */
  public static final PieceDigest EMPTY = of(Digest.EMPTY);

  private final Digest all;
  private final long[] counts;
  private final long[] sums;

  /** What the cells are, in arrays that nobody changes any more; empty when there are none. */
  PieceDigest(Digest all, long[] counts, long[] sums) {
    this.all = all;
    this.counts = counts;
    this.sums = sums;
  }

  /** A digest of a piece that has no cells. */
  public static PieceDigest of(Digest all) {
    return new PieceDigest(all, new long[0], new long[0]);
  }

  /** Of all rows. */
  public Digest all() {
    return all;
  }

  long[] counts() {
    return counts;
  }

  long[] sums() {
    return sums;
  }

  /** Of the rows of both; without cells where one has rows and other cells, or none. */
  public PieceDigest merge(PieceDigest other) {
    Digest both = all.merge(other.all);
    if (other.all.equals(Digest.EMPTY) && other.sums.length == 0) {
      return new PieceDigest(both, counts, sums);
    }
    if (all.equals(Digest.EMPTY) && sums.length == 0) {
      return new PieceDigest(both, other.counts, other.sums);
    }
    if (sums.length != other.sums.length) {
      return of(both);
    }
    long[] mergedCounts = new long[counts.length];
    long[] mergedSums = new long[sums.length];
    Arrays.setAll(mergedCounts, i -> counts[i] + other.counts[i]);
    Arrays.setAll(mergedSums, i -> sums[i] + other.sums[i]);
    return new PieceDigest(both, mergedCounts, mergedSums);
  }

  /**
   * How this side disagrees with the target's; null when they are equal. Where cells don't tell
   * which rows it is about, all of the piece's are.
   */
  public @Nullable Disagreement against(PieceDigest target) {
    if (all.equals(target.all)) {
      return null;
    }
    Disagreement whole = new Disagreement(all.count(), target.all.count(), null);
    PieceDigest source = sums.length > 0 || all.count() > 0 ? this : like(target);
    PieceDigest other = target.sums.length > 0 || target.all.count() > 0 ? target : like(this);
    if (source.sums.length != other.sums.length) {
      return whole;
    }
    BitSet cells = new BitSet();
    long sourceRows = 0;
    long targetRows = 0;
    for (int i = 0; i < source.sums.length; i++) {
      if (source.sums[i] != other.sums[i] || source.counts[i] != other.counts[i]) {
        cells.set(i);
        sourceRows += source.counts[i];
        targetRows += other.counts[i];
      }
    }
    return cells.isEmpty() ? whole : new Disagreement(sourceRows, targetRows, cells);
  }

  /** No rows, in cells like the other's. */
  private static PieceDigest like(PieceDigest other) {
    return new PieceDigest(
        Digest.EMPTY, new long[other.counts.length], new long[other.sums.length]);
  }
}

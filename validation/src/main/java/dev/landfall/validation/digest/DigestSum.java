package dev.landfall.validation.digest;

/** A {@link PieceDigest} in the making, without an object per row. */
final class DigestSum {
  private final long[] counts;
  private final long[] sums;
  private long count;
  private long high;
  private long low;

  /** A sum of a piece without cells. */
  DigestSum() {
    this(0);
  }

  /** A sum of a piece with so many cells. */
  DigestSum(int cells) {
    counts = new long[cells];
    sums = new long[cells];
  }

  /** Adds one row. */
  void add(long rowHigh, long rowLow) {
    long sum = low + rowLow;
    high += rowHigh + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
    low = sum;
    count++;
  }

  /** Adds one row of a cell. */
  void add(long rowHigh, long rowLow, int cell) {
    add(rowHigh, rowLow);
    counts[cell]++;
    sums[cell] += rowLow;
  }

  /** What was added. */
  Digest digest() {
    return new Digest(count, high, low);
  }

  /** What was added, with its cells; nothing may be added behind it. */
  PieceDigest pieceDigest() {
    return new PieceDigest(digest(), counts, sums);
  }
}

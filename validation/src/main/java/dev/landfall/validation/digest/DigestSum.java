package dev.landfall.validation.digest;

/** A {@link PieceDigest} in the making, without an object per row. */
final class DigestSum {
  private final long[] counts;
  private final long[] sums;
  private long count;
  private long high;
  private long low;

  /** A sum of a piece without slices. */
  DigestSum() {
    this(0);
  }

  /** A sum of a piece with so many slices. */
  DigestSum(int slices) {
    counts = new long[slices];
    sums = new long[slices];
  }

  /** Adds one row. */
  void add(long rowHigh, long rowLow) {
    long sum = low + rowLow;
    high += rowHigh + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
    low = sum;
    count++;
  }

  /** Adds one row of a slice. */
  void add(long rowHigh, long rowLow, int slice) {
    add(rowHigh, rowLow);
    counts[slice]++;
    sums[slice] += rowLow;
  }

  /** What was added. */
  Digest digest() {
    return new Digest(count, high, low);
  }

  /** What was added, with its slices; nothing may be added behind it. */
  PieceDigest pieceDigest() {
    return new PieceDigest(digest(), counts, sums);
  }
}

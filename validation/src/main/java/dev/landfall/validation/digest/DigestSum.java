package dev.landfall.validation.digest;

/** A {@link Digest} in the making, without an object per row. */
final class DigestSum {
  private long count;
  private long high;
  private long low;

  /** Adds one row. */
  void add(long rowHigh, long rowLow) {
    long sum = low + rowLow;
    high += rowHigh + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
    low = sum;
    count++;
  }

  /** What was added. */
  Digest digest() {
    return new Digest(count, high, low);
  }
}

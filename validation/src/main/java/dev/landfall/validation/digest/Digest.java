package dev.landfall.validation.digest;

import java.io.Serializable;

/**
 * Count and sum (modulo 2^128) of row hashes. Adding and merging commute and associate, so neither
 * order nor splitting matters; equal digests of different rows do not happen in practice.
 *
 * @param count how many rows
 * @param high the upper half of the sum
 * @param low the lower half of the sum
 */
public record Digest(long count, long high, long low) implements Serializable {
  /** The digest of no rows. */
  public static final Digest EMPTY = new Digest(0, 0, 0);

  /** With one row more. */
  public Digest add(long rowHigh, long rowLow) {
    return merge(new Digest(1, rowHigh, rowLow));
  }

  /** Of the rows of both. */
  public Digest merge(Digest other) {
    long sum = low + other.low;
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    return new Digest(count + other.count, high + other.high + carry, sum);
  }
}

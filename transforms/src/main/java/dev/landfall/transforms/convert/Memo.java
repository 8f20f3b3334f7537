package dev.landfall.transforms.convert;

import dev.landfall.transforms.value.Rows;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was made of a row's values, for columns that have few different ones: a state, a
 * country, a day. It gives up where it does not help. Not thread-safe.
 */
final class Memo {
  /** A power of two; 256 KiB at most, with keys and values. */
  private static final int SLOTS = 1024;

  /** Longer values are hardly the same again. */
  private static final int LONGEST = 48;

  private static final int LONGEST_MADE = 128;

  /** After so many rows it is judged. */
  private static final int TRIAL = 4096;

  private final int[] positions;
  private final byte[] key = new byte[LONGEST];
  private final byte[] @Nullable [] keys = new byte[SLOTS][];
  private final byte[] @Nullable [] made = new byte[SLOTS][];
  private int length;
  private int slot;
  private int tries;
  private int hits;
  private boolean off;

  /**
   * @param positions of the columns that are read
   */
  Memo(int[] positions) {
    this.positions = positions;
  }

  /** Whether something was made of the same values before: {@link #made} is it. */
  boolean find(Rows rows, int row) {
    if (off || !take(rows, row)) {
      length = -1;
      return false;
    }
    slot = slot();
    byte[] known = keys[slot];
    boolean hit =
        known != null && known.length == length && Arrays.equals(known, 0, length, key, 0, length);
    judge(hit);
    return hit;
  }

  /** What was made before; null for NULL. */
  byte @Nullable [] made() {
    return made[slot];
  }

  /** Remembers what was made of the values that were not found. */
  void keep(byte @Nullable [] value) {
    if (length >= 0 && (value == null || value.length <= LONGEST_MADE)) {
      keys[slot] = Arrays.copyOf(key, length);
      made[slot] = value;
    }
  }

  /** Each value with its length before it, so that two of them are not taken for two others. */
  private boolean take(Rows rows, int row) {
    byte[] bytes = rows.bytes();
    int end = 0;
    for (int position : positions) {
      int start = rows.start(row, position);
      int size = rows.end(row, position) - start;
      if (size > LONGEST - end - 1) {
        return false;
      }
      key[end++] = (byte) (rows.isNull(row, position) ? -1 : size);
      System.arraycopy(bytes, start, key, end, size);
      end += size;
    }
    length = end;
    return true;
  }

  private int slot() {
    int hash = 0;
    for (int i = 0; i < length; i++) {
      hash = hash * 31 + key[i];
    }
    return (hash ^ (hash >>> 10)) & (SLOTS - 1);
  }

  private void judge(boolean hit) {
    tries++;
    if (hit) {
      hits++;
    }
    if (tries == TRIAL) {
      off = hits < TRIAL / 2;
      tries = 0;
      hits = 0;
    }
  }
}

package dev.landfall.validation.match;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** The rows of one side by key hash; rows that found their counterpart are taken out. */
final class KeyChains {
  private static final int NONE = -1;

  private final SideRows rows;
  private final int[] heads;
  private final int[] next;
  private final boolean[] taken;

  KeyChains(SideRows rows) {
    this.rows = rows;
    // At most half full, so that chains are about as long as a key is frequent.
    heads = new int[Math.max(2, Integer.highestOneBit(Math.max(1, rows.size())) * 4)];
    Arrays.fill(heads, NONE);
    next = new int[rows.size()];
    taken = new boolean[rows.size()];
    for (int i = rows.size() - 1; i >= 0; i--) {
      int slot = slot(rows.keyHash(i));
      next[i] = heads[slot];
      heads[slot] = i;
    }
  }

  /** Takes out the first row with that key hash that passes; -1 when there is none. */
  int take(long keyHash, IntPredicate passes) {
    int slot = slot(keyHash);
    int before = NONE;
    for (int i = heads[slot]; i != NONE; i = next[i]) {
      if (rows.keyHash(i) == keyHash && passes.test(i)) {
        if (before == NONE) {
          heads[slot] = next[i];
        } else {
          next[before] = next[i];
        }
        taken[i] = true;
        return i;
      }
      before = i;
    }
    return NONE;
  }

  /** Whether the row was taken out. */
  boolean isTaken(int i) {
    return taken[i];
  }

  private int slot(long keyHash) {
    return (int) (keyHash ^ (keyHash >>> Integer.SIZE)) & (heads.length - 1);
  }
}

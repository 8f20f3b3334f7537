package dev.landfall.transforms.types.form;

import dev.landfall.transforms.value.ValueBuffer;
import java.util.Arrays;

/**
 * Where the members of the objects that are being written begin in the buffer, so that those of an
 * object can be put in jsonb's order when it ends. MySQL prints that order, MariaDB what was
 * stored. Not thread-safe.
 */
final class JsonMembers {
  /** Insertion sort is quadratic; a larger object out of order is left to the parser. */
  private static final int MAX_SORTED = 64;

  private final ValueBuffer scratch = new ValueBuffer();
  private final int[] order = new int[MAX_SORTED];
  private int[] starts = new int[64];
  private int size;

  void clear() {
    size = 0;
  }

  /** How many members of unfinished objects there are. */
  int size() {
    return size;
  }

  /** A member begins at that position of the buffer. */
  void add(int position) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, size * 2);
    }
    starts[size++] = position;
  }

  /**
   * Puts the members from {@code base} on, which reach to the end of the buffer, in order and
   * forgets them; of equal keys the last stays.
   *
   * @return false when there are too many out of order
   */
  boolean order(int base, ValueBuffer out) {
    int count = size - base;
    size = base;
    if (isOrdered(base, count, out)) {
      return true;
    }
    if (count > MAX_SORTED) {
      return false;
    }
    int kept = 0;
    for (int member = base; member < base + count; member++) {
      int place = kept;
      int difference = 1;
      while (place > 0) {
        difference = compare(out, starts[member], starts[order[place - 1]]);
        if (difference >= 0) {
          break;
        }
        place--;
      }
      if (place > 0 && difference == 0) {
        order[place - 1] = member;
      } else {
        System.arraycopy(order, place, order, place + 1, kept - place);
        order[place] = member;
        kept++;
      }
    }
    scratch.truncate(0);
    for (int i = 0; i < kept; i++) {
      int member = order[i];
      int memberEnd = member + 1 < base + count ? starts[member + 1] : out.length();
      scratch.put(out.array(), starts[member], memberEnd);
    }
    out.truncate(starts[base]);
    out.put(scratch.array(), 0, scratch.length());
    return true;
  }

  private boolean isOrdered(int base, int count, ValueBuffer out) {
    for (int member = base + 1; member < base + count; member++) {
      if (compare(out, starts[member - 1], starts[member]) >= 0) {
        return false;
      }
    }
    return true;
  }

  /** Compares the keys of the members that begin there: a tag, the length, the bytes. */
  private static int compare(ValueBuffer out, int left, int right) {
    int leftLength = out.getIntLe(left + 1);
    int rightLength = out.getIntLe(right + 1);
    if (leftLength != rightLength) {
      return Integer.compare(leftLength, rightLength);
    }
    byte[] bytes = out.array();
    int leftKey = left + 1 + Integer.BYTES;
    int rightKey = right + 1 + Integer.BYTES;
    for (int i = 0; i < leftLength; i++) {
      int difference = (bytes[leftKey + i] & 0xff) - (bytes[rightKey + i] & 0xff);
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }
}

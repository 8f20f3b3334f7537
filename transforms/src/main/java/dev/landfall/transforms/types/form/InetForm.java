package dev.landfall.transforms.types.form;

import dev.landfall.transforms.value.HexDigits;
import dev.landfall.transforms.value.ValueBuffer;
import java.util.Arrays;

/**
 * inet: the family, the address' bytes and the length of the mask, however zeros are shortened
 * (PostgreSQL manual 8.9.1). {@code 10.0.0.1} is {@code 10.0.0.1/32}, and {@code ::ffff:10.0.0.1}
 * is another address.
 */
public final class InetForm implements CanonicalForm {
  private static final int V4_BYTES = 4;
  private static final int V6_BYTES = 16;

  private final byte[] address = new byte[V6_BYTES];

  @Override
  public boolean append(byte[] text, int start, int end, ValueBuffer out) {
    int slash = find(text, '/', start, end);
    int length = find(text, ':', start, slash) == slash ? V4_BYTES : V6_BYTES;
    boolean read = length == V4_BYTES ? v4(text, start, slash, 0) : v6(text, start, slash);
    int mask = slash == end ? length * Byte.SIZE : number(text, slash + 1, end, 10);
    if (!read || mask < 0 || mask > length * Byte.SIZE) {
      return false;
    }
    out.put(mask);
    out.put(address, 0, length);
    return true;
  }

  private boolean v4(byte[] text, int start, int end, int to) {
    int i = start;
    for (int part = 0; part < V4_BYTES; part++) {
      int dot = part == V4_BYTES - 1 ? end : find(text, '.', i, end);
      int value = number(text, i, dot, 10);
      if (value < 0 || value > 255 || (dot == end && part < V4_BYTES - 1)) {
        return false;
      }
      address[to + part] = (byte) value;
      i = dot + 1;
    }
    return true;
  }

  /** Groups in front of {@code ::} are put down at once, those behind it moved to the end. */
  private boolean v6(byte[] text, int start, int end) {
    Arrays.fill(address, (byte) 0);
    int filled = 0;
    int gap = -1;
    int i = start;
    if (end - i >= 2 && text[i] == ':' && text[i + 1] == ':') {
      gap = 0;
      i += 2;
    }
    while (i < end) {
      int colon = find(text, ':', i, end);
      if (colon == end && find(text, '.', i, end) < end) {
        if (filled > V6_BYTES - V4_BYTES || !v4(text, i, end, filled)) {
          return false;
        }
        filled += V4_BYTES;
        break;
      }
      int group = number(text, i, colon, 16);
      if (group < 0 || group > 0xffff || filled > V6_BYTES - 2) {
        return false;
      }
      address[filled++] = (byte) (group >> 8);
      address[filled++] = (byte) group;
      i = colon + 1;
      if (i == end && colon < end) {
        return false;
      }
      if (i < end && text[i] == ':') {
        if (gap >= 0) {
          return false;
        }
        gap = filled;
        i++;
      }
    }
    if (gap < 0) {
      return filled == V6_BYTES;
    }
    int moved = filled - gap;
    System.arraycopy(address, gap, address, V6_BYTES - moved, moved);
    Arrays.fill(address, gap, V6_BYTES - moved, (byte) 0);
    return filled < V6_BYTES;
  }

  private static int find(byte[] text, char wanted, int start, int end) {
    int i = start;
    while (i < end && text[i] != wanted) {
      i++;
    }
    return i;
  }

  /** The number, negative when it is none or has more than four digits. */
  private static int number(byte[] text, int start, int end, int radix) {
    if (end <= start || end - start > 4) {
      return -1;
    }
    int value = 0;
    for (int i = start; i < end; i++) {
      int digit = HexDigits.value(text[i]);
      if (digit < 0 || digit >= radix) {
        return -1;
      }
      value = value * radix + digit;
    }
    return value;
  }
}

package dev.landfall.transforms.compute;

import java.util.Arrays;

/**
 * A text of ASCII as bytes of its own, for operators that change it without making a String of it.
 * Used again and again; for one thread.
 */
public final class AsciiText {
  byte[] bytes = new byte[64];
  int start;
  int end;
  boolean none;

  /**
   * Takes a copy.
   *
   * @return false when some of it is no ASCII: then nothing was taken
   */
  public boolean take(byte[] text, int from, int to) {
    int length = to - from;
    if (length > bytes.length) {
      bytes = new byte[Math.max(length, bytes.length * 2)];
    }
    byte[] copy = bytes;
    for (int i = 0; i < length; i++) {
      byte b = text[from + i];
      if (b < 0) {
        return false;
      }
      copy[i] = b;
    }
    start = 0;
    end = length;
    none = false;
    return true;
  }

  /** Whether it became NULL. */
  public boolean isNull() {
    return none;
  }

  /** The array that it lies in. */
  @SuppressWarnings("EI_EXPOSE_REP")
  public byte[] bytes() {
    return bytes;
  }

  /** Where it begins. */
  public int start() {
    return start;
  }

  /** How many bytes it has. */
  public int length() {
    return end - start;
  }

  @Override
  public String toString() {
    return none
        ? "NULL"
        : new String(
            Arrays.copyOfRange(bytes, start, end), java.nio.charset.StandardCharsets.US_ASCII);
  }
}

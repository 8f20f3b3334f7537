package dev.landfall.transforms.value;

import java.nio.charset.Charset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Texts that were UTF-8 once, were taken for latin1, and so became UTF-8 again: {@code MÃ¼ller}.
 * MySQL's latin1 is cp1252, with the five bytes that cp1252 leaves out as the characters of their
 * numbers (MySQL manual 10.10.2).
 */
public final class TwiceEncoded {
  private static final int FIRST = 0x80;

  /** The characters of the bytes from 80 to 9F; the others are the characters of their numbers. */
  private static final char[] C1 = new char[32];

  static {
    byte[] bytes = new byte[C1.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (FIRST + i);
    }
    String decoded = new String(bytes, Charset.forName("windows-1252"));
    for (int i = 0; i < C1.length; i++) {
      char c = decoded.charAt(i);
      C1[i] = c == '\uFFFD' ? (char) (FIRST + i) : c;
    }
  }

  private TwiceEncoded() {}

  /**
   * What the text was before, as UTF-8: null unless each of its characters is a byte of latin1, the
   * bytes are UTF-8, and at least one character is of several.
   */
  public static byte @Nullable [] decode(byte[] bytes, int start, int end) {
    byte[] out = new byte[end - start];
    int length = 0;
    boolean several = false;
    int at = start;
    while (at < end) {
      int lead = bytes[at] & 0xff;
      int size = Utf8.length(bytes, at, end);
      if (size < 1 || size > 3) {
        return null;
      }
      int character =
          switch (size) {
            case 1 -> lead;
            case 2 -> (lead & 0x1f) << 6 | (bytes[at + 1] & 0x3f);
            default -> (lead & 0xf) << 12 | (bytes[at + 1] & 0x3f) << 6 | (bytes[at + 2] & 0x3f);
          };
      int latin1 = latin1(character);
      if (latin1 < 0) {
        return null;
      }
      several |= latin1 >= FIRST;
      out[length++] = (byte) latin1;
      at += size;
    }
    return several && Utf8.firstBad(out, 0, length) < 0 ? Arrays.copyOf(out, length) : null;
  }

  private static int latin1(int character) {
    if (character < FIRST || (character >= FIRST + C1.length && character <= 0xff)) {
      return character;
    }
    for (int i = 0; i < C1.length; i++) {
      if (C1[i] == character) {
        return FIRST + i;
      }
    }
    return -1;
  }
}

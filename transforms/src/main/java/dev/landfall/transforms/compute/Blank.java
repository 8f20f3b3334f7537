package dev.landfall.transforms.compute;

/** White space. All of it is in Unicode's first plane. */
final class Blank {
  private Blank() {}

  /** White space as Unicode has it, no-break spaces among it, and as Java has it. */
  static boolean is(char c) {
    return c < 128 ? isAscii(c) : Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  /** The same of ASCII: the blank, tab to carriage return, and the four separators. */
  static boolean isAscii(int c) {
    return c <= ' ' && (c == ' ' || (c >= 0x09 && c <= 0x0d) || c >= 0x1c);
  }
}

package dev.landfall.transforms.compute;

/** Takes white space off both ends, as Unicode has it, and no-break spaces. */
public final class Trim extends TextOperator {
  private static final long serialVersionUID = 1L;

  public Trim() {
    super("trim");
  }

  @Override
  String changed(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  /** All white space is in the first plane. */
  static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }
}

package dev.landfall.transforms.compute;

/**
 * Puts a character in the place of each one but some at the ends. A text that has no more than
 * those is hidden whole.
 */
public final class Mask extends TextOperator {
  private static final long serialVersionUID = 1L;

  private final int first;
  private final int last;
  private final String with;

  /**
   * @param first how many at the beginning stay
   * @param last how many at the end stay
   * @param with one character
   */
  public Mask(int first, int last, String with) {
    super(
        "{mask: {keepFirst: "
            + first
            + ", keepLast: "
            + last
            + ", with: "
            + Written.text(with)
            + "}}");
    this.first = first;
    this.last = last;
    this.with = with;
  }

  @Override
  String changed(String text) {
    int all = text.codePointCount(0, text.length());
    if (all <= (long) first + last) {
      return with.repeat(all);
    }
    int start = text.offsetByCodePoints(0, first);
    int end = text.offsetByCodePoints(text.length(), -last);
    return text.substring(0, start) + with.repeat(all - first - last) + text.substring(end);
  }

  @Override
  public boolean hides() {
    return true;
  }
}

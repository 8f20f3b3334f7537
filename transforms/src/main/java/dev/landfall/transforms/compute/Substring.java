package dev.landfall.transforms.compute;

import org.jspecify.annotations.Nullable;

/** Some characters of a text; fewer, or none, where it does not have as many. */
public final class Substring extends TextOperator implements AsciiOperator {
  private static final long serialVersionUID = 1L;

  private final int from;
  private final int length;

  /**
   * @param from the first character, from 1, or from -1 backwards from the last
   * @param length how many at most; null for all that follow
   */
  public Substring(int from, @Nullable Integer length) {
    super("{substring: {from: " + from + (length == null ? "" : ", length: " + length) + "}}");
    this.from = from;
    this.length = length == null ? Integer.MAX_VALUE : length;
  }

  @Override
  String changed(String text) {
    int all = text.codePointCount(0, text.length());
    int first = first(all);
    int start = text.offsetByCodePoints(0, first);
    return text.substring(start, text.offsetByCodePoints(start, Math.min(length, all - first)));
  }

  @Override
  public void change(AsciiText text) {
    int all = text.length();
    int first = first(all);
    text.start += first;
    text.end = text.start + Math.min(length, all - first);
  }

  private int first(int all) {
    return from > 0 ? Math.min(from - 1, all) : Math.max(0, all + from);
  }
}

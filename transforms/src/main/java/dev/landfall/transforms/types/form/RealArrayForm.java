package dev.landfall.transforms.types.form;

import dev.landfall.transforms.value.ValueBuffer;

/**
 * A list of reals without NULL, each by its IEEE value: an array of PostgreSQL in braces, a vector
 * of pgvector in brackets.
 */
public final class RealArrayForm implements CanonicalForm {
  private final RealForm element = new RealForm();
  private final char open;
  private final char close;

  public RealArrayForm(char open, char close) {
    this.open = open;
    this.close = close;
  }

  @Override
  public boolean append(byte[] text, int start, int end, ValueBuffer out) {
    if (end - start < 2 || text[start] != open || text[end - 1] != close) {
      return false;
    }
    int last = end - 1;
    int i = start + 1;
    if (i == last) {
      return true;
    }
    while (i <= last) {
      int comma = i;
      while (comma < last && text[comma] != ',') {
        comma++;
      }
      if (!element.append(text, i, comma, out)) {
        return false;
      }
      i = comma + 1;
    }
    return true;
  }
}

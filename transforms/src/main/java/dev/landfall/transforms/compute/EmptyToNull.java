package dev.landfall.transforms.compute;

import org.jspecify.annotations.Nullable;

/** Makes NULL of the empty text, or of one that has nothing but white space too. */
public final class EmptyToNull extends TextOperator implements AsciiOperator {
  private static final long serialVersionUID = 1L;

  private final boolean blank;

  /**
   * @param blank whether white space is as good as nothing
   */
  public EmptyToNull(boolean blank) {
    super(blank ? "{emptyToNull: blank}" : "emptyToNull");
    this.blank = blank;
  }

  @Override
  @Nullable String changed(String text) {
    int used = 0;
    while (blank && used < text.length() && Blank.is(text.charAt(used))) {
      used++;
    }
    return used == text.length() ? null : text;
  }

  @Override
  public void change(AsciiText text) {
    int used = text.start;
    while (blank && used < text.end && Blank.isAscii(text.bytes[used])) {
      used++;
    }
    text.none = used == text.end;
  }

  @Override
  public boolean nullable(boolean input) {
    return true;
  }
}

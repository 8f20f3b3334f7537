package dev.landfall.transforms.compute;

/** Takes white space off both ends, and puts one blank in the place of each run between. */
public final class Collapse extends TextOperator implements AsciiOperator {
  private static final long serialVersionUID = 1L;

  public Collapse() {
    super("collapse");
  }

  @Override
  String changed(String text) {
    StringBuilder collapsed = new StringBuilder(text.length());
    boolean blank = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Blank.is(c)) {
        blank = collapsed.length() > 0;
        continue;
      }
      if (blank) {
        collapsed.append(' ');
        blank = false;
      }
      collapsed.append(c);
    }
    return collapsed.toString();
  }

  @Override
  public void change(AsciiText text) {
    byte[] bytes = text.bytes;
    int end = text.start;
    boolean blank = false;
    for (int i = text.start; i < text.end; i++) {
      byte b = bytes[i];
      if (Blank.isAscii(b)) {
        blank = end > text.start;
        continue;
      }
      if (blank) {
        bytes[end++] = ' ';
        blank = false;
      }
      bytes[end++] = b;
    }
    text.end = end;
  }
}

package dev.landfall.transforms.compute;

/** Keeps the digits 0 to 9 and nothing else. */
public final class Digits extends TextOperator implements AsciiOperator {
  private static final long serialVersionUID = 1L;

  public Digits() {
    super("digits");
  }

  @Override
  String changed(String text) {
    StringBuilder digits = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits.append(c);
      }
    }
    return digits.toString();
  }

  @Override
  public void change(AsciiText text) {
    byte[] bytes = text.bytes;
    int end = text.start;
    for (int i = text.start; i < text.end; i++) {
      byte b = bytes[i];
      if (b >= '0' && b <= '9') {
        bytes[end++] = b;
      }
    }
    text.end = end;
  }
}

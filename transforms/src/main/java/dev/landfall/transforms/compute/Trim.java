package dev.landfall.transforms.compute;

/** Takes white space off both ends, as Unicode has it, and no-break spaces. */
public final class Trim extends TextOperator implements AsciiOperator {
  private static final long serialVersionUID = 1L;

  public Trim() {
    super("trim");
  }

  @Override
  String changed(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && Blank.is(text.charAt(start))) {
      start++;
    }
    while (end > start && Blank.is(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  @Override
  public void change(AsciiText text) {
    while (text.start < text.end && Blank.isAscii(text.bytes[text.start])) {
      text.start++;
    }
    while (text.end > text.start && Blank.isAscii(text.bytes[text.end - 1])) {
      text.end--;
    }
  }
}

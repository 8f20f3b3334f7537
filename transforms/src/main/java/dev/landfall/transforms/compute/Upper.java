package dev.landfall.transforms.compute;

import java.util.Locale;

/** In upper case, by Unicode's rules and those of no language. */
public final class Upper extends TextOperator implements AsciiOperator {
  private static final long serialVersionUID = 1L;

  public Upper() {
    super("upper");
  }

  @Override
  String changed(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  @Override
  public void change(AsciiText text) {
    byte[] bytes = text.bytes;
    for (int i = text.start; i < text.end; i++) {
      byte b = bytes[i];
      if (b >= 'a' && b <= 'z') {
        bytes[i] = (byte) (b - ('a' - 'A'));
      }
    }
  }
}

package dev.landfall.transforms.compute;

import java.util.Locale;

/** In lower case, by Unicode's rules and those of no language. */
public final class Lower extends TextOperator implements AsciiOperator {
  private static final long serialVersionUID = 1L;

  public Lower() {
    super("lower");
  }

  @Override
  String changed(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  @Override
  public void change(AsciiText text) {
    byte[] bytes = text.bytes;
    for (int i = text.start; i < text.end; i++) {
      byte b = bytes[i];
      if (b >= 'A' && b <= 'Z') {
        bytes[i] = (byte) (b + ('a' - 'A'));
      }
    }
  }
}

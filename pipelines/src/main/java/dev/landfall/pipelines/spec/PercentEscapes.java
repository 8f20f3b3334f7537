package dev.landfall.pipelines.spec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Percent escapes of URLs (RFC 3986, 2.1), as UTF-8; {@code +} is no space here. */
final class PercentEscapes {
  private static final int HEX = 16;

  private PercentEscapes() {}

  /**
   * The text that is meant.
   *
   * @throws IllegalArgumentException when a percent sign has no two hexadecimal digits after it
   */
  static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int i = 0;
    while (i < text.length()) {
      if (text.charAt(i) == '%') {
        int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), HEX) : -1;
        int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), HEX) : -1;
        if (high < 0 || low < 0) {
          throw new IllegalArgumentException("percent sign without two hexadecimal digits");
        }
        bytes.write(high * HEX + low);
        i += 3;
      } else {
        int end = text.offsetByCodePoints(i, 1);
        bytes.writeBytes(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
        i = end;
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}

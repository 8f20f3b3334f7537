package dev.landfall.transforms.types.form;

import dev.landfall.transforms.value.ValueBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** {@code t}/{@code f}, {@code 1}/{@code 0} and the words of PostgreSQL's manual, 8.6. */
public final class BooleanForm implements CanonicalForm {
  @Override
  public boolean append(byte[] text, int start, int end, ValueBuffer out) {
    int value = end - start == 1 ? ofLetter(text[start]) : ofWord(text, start, end);
    if (value < 0) {
      return false;
    }
    out.put(value);
    return true;
  }

  private static int ofLetter(byte letter) {
    return switch (letter) {
      case 't', '1', 'y', 'T', 'Y' -> 1;
      case 'f', '0', 'n', 'F', 'N' -> 0;
      default -> -1;
    };
  }

  private static int ofWord(byte[] text, int start, int end) {
    String word = new String(text, start, end - start, StandardCharsets.UTF_8);
    return switch (word.strip().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> 1;
      case "false", "no", "off" -> 0;
      default -> -1;
    };
  }
}

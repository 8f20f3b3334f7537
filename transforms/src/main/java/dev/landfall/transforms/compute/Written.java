package dev.landfall.transforms.compute;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Texts as a spec writes them among an operator's. */
final class Written {
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_.+-]+");

  private Written() {}

  /** The text, in quotes unless it can't be taken for anything else. */
  static String text(@Nullable String text) {
    if (text == null) {
      return "null";
    }
    return PLAIN.matcher(text).matches() && !text.equals("null")
        ? text
        : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}

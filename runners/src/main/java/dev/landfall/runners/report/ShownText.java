package dev.landfall.runners.report;

import java.util.Locale;

/**
 * Text from data as a page shows it: what means something to HTML is escaped, and what would be
 * invisible, or turn the text around it, is written out.
 */
final class ShownText {
  private ShownText() {}

  /** The text, for an element's content or a quoted attribute. */
  static String of(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> add(c, out));
    return out.toString();
  }

  private static void add(int c, StringBuilder out) {
    switch (c) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      case '`' -> out.append("&#96;");
      case '\n', '\t' -> out.appendCodePoint(c);
      case 0x7F -> out.append('\u2421');
      default -> {
        if (c < ' ') {
          // Unicode has a picture for each of them.
          out.append((char) (0x2400 + c));
        } else if (hidden(c)) {
          out.append(String.format(Locale.ROOT, "\\u%04x", c));
        } else {
          out.appendCodePoint(c);
        }
      }
    }
  }

  /** Controls, marks that change directions, separators of lines, halves of characters. */
  private static boolean hidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      // Joiners belong to letters and emoji.
      case Character.FORMAT -> c != 0x200C && c != 0x200D;
      default -> (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
    };
  }
}

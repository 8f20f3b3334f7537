package dev.landfall.pipelines.draft;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes texts as YAML, so that any reader takes them for what they are. */
final class YamlText {
  /** Without what means something in braces, in lists or behind a blank. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_.()-]*(?: [A-Za-z0-9_.()-]+)*");

  /** Those of YAML 1.1 too, which editors may go by. */
  private static final Set<String> WORDS =
      Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

  /** What is plain outside of braces and lists. */
  private static final Pattern URL = Pattern.compile("[A-Za-z$][A-Za-z0-9$_.:/@?&=%{}~+-]*[^:]");

  private YamlText() {}

  /** A value that a line ends with, such as a URL. */
  static String value(String text) {
    return URL.matcher(text).matches() ? text : scalar(text);
  }

  /** A key or a value, quoted where it has to be. */
  static String scalar(String text) {
    if (PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT))) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
              } else if (isShown(c)) {
                quoted.appendCodePoint(c);
              } else {
                quoted.append("\\U%08x".formatted(c));
              }
            });
    return quoted.append('"').toString();
  }

  /** What may stand behind a {@code #}: one line of what YAML allows. */
  static String comment(String text) {
    StringBuilder line = new StringBuilder();
    text.replaceAll("\\s+", " ")
        .codePoints()
        .forEach(
            c -> {
              if (isShown(c)) {
                line.appendCodePoint(c);
              } else {
                line.append("\\u%04x".formatted(c));
              }
            });
    return line.toString();
  }

  /** Neither a control character, nor one that changes how others are shown, nor half of one. */
  private static boolean isShown(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}

package dev.landfall.pipelines.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with {@code ${NAME}} in it. Each is kept as one private character until {@link #fill}, so
 * that a text can be taken apart before values come in: a password with {@code @} or {@code /} in
 * it does not move the host. A doubled dollar sign before a brace stands for the two characters
 * themselves.
 */
final class Template {
  private static final Pattern VARIABLE = Pattern.compile("\\$(\\$\\{|\\{([^}]*)(}?))");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** The start of Unicode's private use area: no URL or password has these characters. */
  private static final char FIRST = '\uE000';

  private final String text;
  private final List<String> values;

  private Template(String text, List<String> values) {
    this.text = text;
    this.values = values;
  }

  /** Looks all variables up; empty, with every mistake told, when one can't be had. */
  static Optional<Template> of(String text, Environment environment, Consumer<String> mistakes) {
    List<String> values = new ArrayList<>();
    boolean bad = false;
    StringBuilder marked = new StringBuilder();
    Matcher matcher = VARIABLE.matcher(text);
    while (matcher.find()) {
      String value = "";
      if (matcher.group(2) == null) {
        value = "${";
      } else if (matcher.group(3).isEmpty() || !NAME.matcher(matcher.group(2)).matches()) {
        // What stands there may be a piece of a password: it is not repeated.
        mistakes.accept(
            "\"${\" must be followed by the name of an environment variable and \"}\"; write \"$${\""
                + " for the characters themselves.");
        bad = true;
      } else {
        Optional<String> found = environment.variable(matcher.group(2));
        if (found.isEmpty()) {
          mistakes.accept("environment variable " + matcher.group(2) + " is not set.");
          bad = true;
        }
        value = found.orElse("");
      }
      matcher.appendReplacement(marked, String.valueOf((char) (FIRST + values.size())));
      values.add(value);
    }
    matcher.appendTail(marked);
    return bad ? Optional.empty() : Optional.of(new Template(marked.toString(), values));
  }

  /** The text with one private character for each variable. */
  String text() {
    return text;
  }

  /** Puts the values into a piece of {@link #text()}. */
  String fill(String piece) {
    StringBuilder filled = new StringBuilder();
    for (int i = 0; i < piece.length(); i++) {
      int index = piece.charAt(i) - FIRST;
      if (index >= 0 && index < values.size()) {
        filled.append(values.get(index));
      } else {
        filled.append(piece.charAt(i));
      }
    }
    return filled.toString();
  }
}

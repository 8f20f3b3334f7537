package dev.landfall.transforms.expr;

import com.google.re2j.Pattern;
import java.util.regex.Matcher;

/** Puts a text in the place of all that a regular expression of RE2 fits. */
public final class Replacement {
  private static final java.util.regex.Pattern REFERENCE =
      java.util.regex.Pattern.compile("\\\\(.)?|\\$(?:([0-9])|\\{(\\w+)})?");

  private final Pattern pattern;
  private final String with;

  private Replacement(Pattern pattern, String with) {
    this.pattern = pattern;
    this.with = with;
  }

  /**
   * The replacement by an expression.
   *
   * @param with what comes in place: {@code $1} or <code>${name}</code> for a group, <code>\$
   *     </code> for a dollar sign
   * @throws IllegalArgumentException when one of them is none, with words for a person
   */
  public static Replacement of(String expression, String with) {
    Pattern pattern = Patterns.compile(expression);
    Matcher reference = REFERENCE.matcher(with);
    while (reference.find()) {
      String number = reference.group(2);
      String name = reference.group(3);
      boolean known =
          number != null
              ? Integer.parseInt(number) <= pattern.groupCount()
              : name != null ? pattern.namedGroups().containsKey(name) : reference.group(1) != null;
      if (!known) {
        throw new IllegalArgumentException(
            "\""
                + reference.group()
                + "\" in what comes in place is no group of the expression; write \\$ for a dollar"
                + " sign and \\\\ for a backslash");
      }
    }
    return new Replacement(pattern, with);
  }

  /** The text with all of it replaced. */
  public String in(String text) {
    return pattern.matcher(text).replaceAll(with);
  }
}

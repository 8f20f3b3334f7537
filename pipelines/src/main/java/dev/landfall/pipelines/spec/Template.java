package dev.landfall.pipelines.spec;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
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

  /** A regular expression for texts whose variables are written right. */
  static final String TEXT =
      "(?:[^$]|\\$(?!\\{|\\$\\{)|\\$\\$\\{|\\$\\{" + NAME.pattern() + "\\})*";

  /** The start of Unicode's private use area: no URL or password has these characters. */
  private static final char FIRST = '\uE000';

  private final String text;
  private final List<Mark> marks;
  private final BitSet written;

  /**
   * What a private character stands for.
   *
   * @param source what is written in its place
   * @param value what that means
   * @param written whether the value itself is written there, and comes from no variable
   */
  private record Mark(String source, String value, boolean written) {}

  /**
   * @param written which characters of the text are there because they were written, and not as (a
   *     part of) what a variable holds
   */
  private Template(String text, List<Mark> marks, BitSet written) {
    this.text = text;
    this.marks = marks;
    this.written = written;
  }

  /** Looks all variables up; empty, with every mistake told, when one can't be had. */
  static Optional<Template> of(String text, Environment environment, Consumer<String> mistakes) {
    List<Mark> marks = new ArrayList<>();
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
          mistakes.accept(
              "environment variable "
                  + (standsAlone(text, matcher) ? matcher.group(2) + " " : "")
                  + "is not set.");
          bad = true;
        }
        value = found.orElse("");
      }
      matcher.appendReplacement(marked, String.valueOf((char) (FIRST + marks.size())));
      marks.add(new Mark(matcher.group(), value, matcher.group(2) == null));
    }
    matcher.appendTail(marked);
    if (bad) {
      return Optional.empty();
    }
    BitSet written = new BitSet();
    for (int i = 0; i < marked.length(); i++) {
      int index = marked.charAt(i) - FIRST;
      written.set(i, index < 0 || index >= marks.size() || marks.get(index).written());
    }
    return Optional.of(new Template(marked.toString(), marks, written));
  }

  /** Within a word it may be a piece of a password that was not meant as a variable. */
  private static boolean standsAlone(String text, Matcher variable) {
    String around =
        (variable.start() == 0 ? "/" : text.substring(variable.start() - 1, variable.start()))
            + (variable.end() == text.length()
                ? "/"
                : text.substring(variable.end(), variable.end() + 1));
    return around.chars().allMatch(c -> "/:@=?&.,".indexOf(c) >= 0);
  }

  /**
   * The text with its values in it and without blanks around it, to be taken apart like one that
   * was written: nothing more is filled in.
   */
  Template expanded() {
    StringBuilder whole = new StringBuilder();
    BitSet writtenOfWhole = new BitSet();
    for (int i = 0; i < text.length(); i++) {
      int from = whole.length();
      whole.append(fill(text.substring(i, i + 1)));
      writtenOfWhole.set(from, whole.length(), written.get(i));
    }
    String stripped = whole.toString().strip();
    int from = whole.indexOf(stripped);
    return new Template(stripped, List.of(), writtenOfWhole.get(from, from + stripped.length()));
  }

  /** Whether anything in a range of {@link #text()} is written out, and not from a variable. */
  boolean isWritten(int from, int to) {
    int first = written.nextSetBit(from);
    return first >= 0 && first < to;
  }

  /** The text with one private character for each variable. */
  String text() {
    return text;
  }

  /** Puts the values into a piece of {@link #text()}. */
  String fill(String piece) {
    return replace(piece, Mark::value);
  }

  /** How a piece of {@link #text()} is written. */
  String source(String piece) {
    return replace(piece, Mark::source);
  }

  private String replace(String piece, Function<Mark, String> replacement) {
    StringBuilder replaced = new StringBuilder();
    for (int i = 0; i < piece.length(); i++) {
      int index = piece.charAt(i) - FIRST;
      if (index >= 0 && index < marks.size()) {
        replaced.append(replacement.apply(marks.get(index)));
      } else {
        replaced.append(piece.charAt(i));
      }
    }
    return replaced.toString();
  }
}

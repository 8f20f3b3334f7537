package dev.landfall.runners.display;

import dev.landfall.runners.view.Keys;
import dev.landfall.runners.view.Numbers;
import dev.landfall.runners.view.Telling;
import dev.landfall.runners.view.Telling.Tone;
import dev.landfall.runners.view.WhatNow;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Glyphs and colours, by what the terminal can show. Padding counts what is seen, not the codes.
 */
final class Style {
  private static final String ESCAPE = Visible.ESCAPE + "[";

  /** A value longer than this is cut. */
  static final int LONGEST_VALUE = 40;

  private final Terminal terminal;

  Style(Terminal terminal) {
    this.terminal = terminal;
  }

  String good(String text) {
    return colour("32", text);
  }

  String bad(String text) {
    return colour("31", text);
  }

  String warn(String text) {
    return colour("33", text);
  }

  /** A telling, its lead in its colour. */
  String tell(Telling telling) {
    String rest = printable(telling.rest());
    return tone(telling.tone(), printable(telling.lead())) + (rest.isEmpty() ? "" : " " + rest);
  }

  String tone(Tone tone, String text) {
    return switch (tone) {
      case GOOD -> good(text);
      case NONE -> quiet(text);
      case WARN -> warn(text);
      case BAD -> bad(text);
    };
  }

  String quiet(String text) {
    return colour("2", text);
  }

  String strong(String text) {
    return colour("1", text);
  }

  String done() {
    return terminal.unicode() ? "✓" : "*";
  }

  String ellipsis() {
    return terminal.unicode() ? "…" : "...";
  }

  String rule(int width) {
    return quiet((terminal.unicode() ? "─" : "-").repeat(width));
  }

  /** A bar of that many characters, filled as far as {@code fraction} (0 to 1) says. */
  String bar(double fraction, int width) {
    int filled = (int) Math.round(Math.max(0, Math.min(1, fraction)) * width);
    if (fraction > 0 && filled == 0) {
      filled = 1;
    }
    if (fraction < 1 && filled == width) {
      filled = width - 1;
    }
    String full = (terminal.unicode() ? "━" : "#").repeat(filled);
    String rest = (terminal.unicode() ? "─" : ".").repeat(width - filled);
    return colour("36", full) + quiet(rest);
  }

  /** Cut to that many characters, with an ellipsis where something is missing. */
  String fit(String text, int width) {
    String printable = printable(text);
    if (printable.codePointCount(0, printable.length()) <= width) {
      return printable;
    }
    int kept = Math.max(0, width - ellipsis().length());
    return printable.substring(0, printable.offsetByCodePoints(0, kept))
        + ellipsis().substring(0, Math.min(width, ellipsis().length()));
  }

  /** A key's columns and their values, long ones cut; the document of {@code --json} has all. */
  String key(Map<String, @Nullable String> key) {
    return Keys.of(key, Style::printable, value -> fit(value, LONGEST_VALUE));
  }

  /**
   * A line that says how much there is that is not shown; none where all is.
   *
   * @param where where it is to be found; may be empty
   */
  List<String> more(long more, String thing, String where) {
    return more <= 0
        ? List.of()
        : List.of("  " + quiet("and " + Numbers.count(more, "more " + thing) + where));
  }

  /** What to do next, each command on a line of its own. */
  List<String> now(List<WhatNow> steps) {
    return steps.stream()
        .flatMap(
            step ->
                Stream.concat(
                    step.text().lines(),
                    step.commands().stream().map(command -> "  " + strong(command))))
        .toList();
  }

  /** Cut and filled to exactly that many characters. */
  String left(String text, int width) {
    String fitted = fit(text, width);
    return fitted + " ".repeat(width - fitted.codePointCount(0, fitted.length()));
  }

  /** Right-aligned; longer texts stay whole, a cut number would be another number. */
  static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }

  /** On one line and with the width that it is given: what is not seen is written out. */
  static String printable(String text) {
    return Visible.of(text).replace("\n", "\\n").replace("\t", "\\t");
  }

  private String colour(String code, String text) {
    return terminal.colour() && !text.isEmpty() ? ESCAPE + code + "m" + text + ESCAPE + "0m" : text;
  }
}

package dev.landfall.transforms.jdbc;

import java.util.ArrayList;
import java.util.List;

/**
 * A statement of PostgreSQL with its parameters by name, in the form that a driver takes.
 *
 * @param sql with a {@code ?} in the place of each parameter
 * @param names of the parameters by their places; one that is in the text twice is here twice
 */
record NamedParameters(String sql, List<String> names) {
  NamedParameters {
    names = List.copyOf(names);
  }

  /**
   * Finds {@code :name} wherever PostgreSQL would read it as neither a literal, a quoted
   * identifier, a comment, a cast nor an assignment (manual 4.1). A {@code ?} stays the operator
   * that it is there.
   */
  static NamedParameters of(String text) {
    StringBuilder sql = new StringBuilder(text.length());
    List<String> names = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int end = Math.max(at + 1, quoted(text, at));
      if (c == ':' && (startsAt(text, at + 1, ':') || startsAt(text, at + 1, '='))) {
        end = at + 2;
      } else if (c == ':' && at + 1 < text.length() && isStart(text.charAt(at + 1))) {
        end = endOfWord(text, at + 1);
        names.add(text.substring(at + 1, end));
        sql.append('?');
        at = end;
        continue;
      } else if (c == '?') {
        sql.append('?');
      }
      sql.append(text, at, end);
      at = end;
    }
    return new NamedParameters(sql.toString(), names);
  }

  /** Where what is taken as it stands and begins here ends; 0 where nothing of that kind begins. */
  private static int quoted(String text, int at) {
    return switch (text.charAt(at)) {
      case '\'' -> literal(text, at);
      case '"' -> behind(text, "\"", at + 1);
      case '-' -> startsAt(text, at + 1, '-') ? behind(text, "\n", at + 2) : 0;
      case '/' -> startsAt(text, at + 1, '*') ? comment(text, at) : 0;
      case '$' -> dollars(text, at);
      default -> isStart(text.charAt(at)) ? endOfWord(text, at) : 0;
    };
  }

  /** A doubled quote is the end of one literal and the beginning of the next. */
  private static int literal(String text, int at) {
    boolean escapes =
        at > 0
            && (text.charAt(at - 1) == 'E' || text.charAt(at - 1) == 'e')
            && (at == 1 || !isPart(text.charAt(at - 2)));
    int end = at + 1;
    while (end < text.length() && text.charAt(end) != '\'') {
      end += escapes && text.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(text.length(), end + 1);
  }

  /** Comments of PostgreSQL nest. */
  private static int comment(String text, int at) {
    int depth = 1;
    int end = at + 2;
    while (end < text.length() && depth > 0) {
      int step = 2;
      if (text.startsWith("/*", end)) {
        depth++;
      } else if (text.startsWith("*/", end)) {
        depth--;
      } else {
        step = 1;
      }
      end += step;
    }
    return end;
  }

  private static int dollars(String text, int at) {
    int tag =
        at + 1 < text.length() && isStart(text.charAt(at + 1)) ? endOfTag(text, at + 1) : at + 1;
    return startsAt(text, tag, '$') ? behind(text, text.substring(at, tag + 1), tag + 1) : 0;
  }

  private static int endOfTag(String text, int at) {
    int end = at;
    while (end < text.length() && isPart(text.charAt(end)) && text.charAt(end) != '$') {
      end++;
    }
    return end;
  }

  private static int endOfWord(String text, int at) {
    int end = at;
    while (end < text.length() && isPart(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static int behind(String text, String mark, int from) {
    int found = text.indexOf(mark, from);
    return found < 0 ? text.length() : found + mark.length();
  }

  private static boolean startsAt(String text, int at, char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  private static boolean isStart(char c) {
    return Character.isLetter(c) || c == '_';
  }

  private static boolean isPart(char c) {
    return isStart(c) || Character.isDigit(c) || c == '$';
  }
}

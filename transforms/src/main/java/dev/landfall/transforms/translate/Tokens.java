package dev.landfall.transforms.translate;

import dev.landfall.transforms.translate.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Splits an expression or a SELECT, as the servers' catalogues print them, into words (MySQL manual
 * 9.1). Anything that they do not print is refused: comments, double quotes, variables.
 */
final class Tokens {
  private static final List<String> SIGNS =
      List.of("<=>", "<=", ">=", "<>", "!=", "<<", ">>", "(", ")", ",", ".", "=", "<", ">", "+");

  private static final String SINGLE_SIGNS = "-*/%&|^~!@";

  private final String sql;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Tokens(String sql) {
    this.sql = sql;
  }

  /** The words, the last one {@link Token#LAST}. */
  static List<Token> of(String printed) {
    Tokens tokens = new Tokens(unescaped(printed));
    tokens.split();
    return List.copyOf(tokens.tokens);
  }

  /**
   * MySQL's catalogue prints expressions of columns, checks and indexes with their quotes and
   * backslashes escaped once more, but views are printed plainly. Outside of names, plain text has
   * its first backslash in a literal, escaped text has one before each literal.
   */
  private static String unescaped(String printed) {
    boolean name = false;
    for (int i = 0; i < printed.length(); i++) {
      char c = printed.charAt(i);
      if (c == '`') {
        name = !name;
      } else if (!name && c == '\'') {
        return printed;
      } else if (!name && c == '\\') {
        return withoutBackslashes(printed);
      }
    }
    return printed;
  }

  private static String withoutBackslashes(String escaped) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c == '\\' && i + 1 < escaped.length()) {
        i++;
        text.append(unescape(escaped.charAt(i)));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private void split() {
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (c == '`') {
        tokens.add(new Token(Kind.NAME, quoted('`', /* escapes= */ false)));
      } else if (c == '\'') {
        tokens.add(new Token(Kind.TEXT, quoted('\'', /* escapes= */ true)));
      } else if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
        number();
      } else if (isWord(c)) {
        word();
      } else {
        sign();
      }
    }
    tokens.add(Token.LAST);
  }

  private String quoted(char quote, boolean escapes) {
    StringBuilder text = new StringBuilder();
    for (at++; at < sql.length(); at++) {
      char c = sql.charAt(at);
      if (c == quote && peek(1) == quote) {
        at++;
      } else if (c == quote) {
        at++;
        return text.toString();
      } else if (c == '\\' && escapes && at + 1 < sql.length()) {
        at++;
        c = unescape(sql.charAt(at));
      }
      text.append(c);
    }
    throw new Untranslatable("it ends within a quoted text");
  }

  /** MySQL manual 9.1.1, table 9.1; only those that the servers print. */
  private static char unescape(char escaped) {
    return switch (escaped) {
      case '\'', '\\', '"' -> escaped;
      case '0' -> '\0';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'Z' -> '\032';
      default -> throw new Untranslatable("\\" + escaped + " is not known here");
    };
  }

  private void number() {
    int start = at;
    if (sql.charAt(at) == '0' && (peek(1) == 'x' || peek(1) == 'X')) {
      at += 2;
      while (at < sql.length() && Character.digit(sql.charAt(at), 16) >= 0) {
        at++;
      }
      hex(sql.substring(start + 2, at));
      return;
    }
    digits();
    if (at < sql.length() && sql.charAt(at) == '.') {
      at++;
      digits();
    }
    if (at < sql.length() && (sql.charAt(at) == 'e' || sql.charAt(at) == 'E')) {
      at++;
      if (at < sql.length() && (sql.charAt(at) == '+' || sql.charAt(at) == '-')) {
        at++;
      }
      digits();
    }
    if (at < sql.length() && isWord(sql.charAt(at))) {
      throw new Untranslatable(sql.substring(start, at + 1) + " is not a number");
    }
    tokens.add(new Token(Kind.NUMBER, sql.substring(start, at)));
  }

  private void digits() {
    while (at < sql.length() && isDigit(sql.charAt(at))) {
      at++;
    }
  }

  private void hex(String digits) {
    if (digits.length() % 2 != 0) {
      throw new Untranslatable("0x" + digits + " has an odd number of digits");
    }
    tokens.add(new Token(Kind.HEX, digits.toLowerCase(Locale.ROOT)));
  }

  private void word() {
    int start = at;
    while (at < sql.length() && (isWord(sql.charAt(at)) || isDigit(sql.charAt(at)))) {
      at++;
    }
    String word = sql.substring(start, at).toLowerCase(Locale.ROOT);
    if (word.equals("x") && peek(0) == '\'') {
      hex(quoted('\'', /* escapes= */ false));
    } else if ((word.equals("b") || word.equals("n")) && peek(0) == '\'') {
      throw new Untranslatable("the literal " + word + "'…' is not known here");
    } else {
      tokens.add(new Token(Kind.WORD, word));
    }
  }

  private void sign() {
    for (String sign : SIGNS) {
      if (sql.startsWith(sign, at)) {
        at += sign.length();
        tokens.add(new Token(Kind.SIGN, sign.equals("!=") ? "<>" : sign));
        return;
      }
    }
    char c = sql.charAt(at);
    if (SINGLE_SIGNS.indexOf(c) < 0 || sql.startsWith("/*", at) || sql.startsWith("||", at)) {
      throw new Untranslatable(
          "the sign "
              + sql.substring(at, sql.startsWith("||", at) ? at + 2 : at + 1)
              + " is not known here");
    }
    at++;
    tokens.add(new Token(Kind.SIGN, String.valueOf(c)));
  }

  private char peek(int ahead) {
    return at + ahead < sql.length() ? sql.charAt(at + ahead) : '\0';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isWord(char c) {
    return c == '_' || c == '$' || Character.isLetter(c);
  }
}

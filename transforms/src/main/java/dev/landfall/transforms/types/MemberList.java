package dev.landfall.transforms.types;

import java.util.ArrayList;
import java.util.List;

/**
 * The members in the declaration of an enum or a set, as {@code information_schema} prints it: each
 * in quotes, a quote doubled, and with a backslash in front of a backslash, of {@code n} for a line
 * feed, {@code r} for a carriage return and {@code 0} for a NUL character. Both products print so
 * whatever the session's {@code sql_mode} is, in the connection's character set.
 */
final class MemberList {
  private static final char QUOTE = '\'';

  private final String declared;
  private int position;

  private MemberList(String declared) {
    this.declared = declared;
  }

  /**
   * The members in order.
   *
   * @param declared such as {@code enum('a','it''s')}
   * @throws IllegalArgumentException when the text is no such declaration
   */
  static List<String> of(String declared) {
    return new MemberList(declared).read();
  }

  private List<String> read() {
    List<String> members = new ArrayList<>();
    position = declared.indexOf('(');
    do {
      position++;
      members.add(member());
    } while (at(','));
    if (!at(')')) {
      throw malformed();
    }
    return List.copyOf(members);
  }

  /** Reads from the opening quote to behind the closing one. */
  private String member() {
    if (!at(QUOTE)) {
      throw malformed();
    }
    StringBuilder member = new StringBuilder();
    position++;
    while (!at(QUOTE) || atDoubledQuote()) {
      if (position + 1 >= declared.length()) {
        throw malformed();
      }
      char c = declared.charAt(position++);
      if (c == QUOTE) {
        position++;
      } else if (c == '\\') {
        c = unescaped(declared.charAt(position++));
      }
      member.append(c);
    }
    position++;
    return member.toString();
  }

  private static char unescaped(char escaped) {
    return switch (escaped) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case '0' -> '\0';
      default -> escaped;
    };
  }

  private boolean atDoubledQuote() {
    return position + 1 < declared.length() && declared.charAt(position + 1) == QUOTE;
  }

  private boolean at(char c) {
    return position >= 0 && position < declared.length() && declared.charAt(position) == c;
  }

  private IllegalArgumentException malformed() {
    return new IllegalArgumentException("no list of members: " + declared);
  }
}

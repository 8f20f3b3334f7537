package dev.landfall.transforms.sql;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells one statement of a user's from several, whatever stands in its literals and comments. */
public final class SingleStatement {
  private static final String QUOTED = "\"(?:[^\"]|\"\")*\"|`(?:[^`]|``)*`";
  private static final String COMMENT = "--[^\\n]*|/\\*.*?\\*/";

  /** Literals of PostgreSQL take a backslash for itself unless an E stands before them. */
  private static final Pattern POSTGRES =
      Pattern.compile(
          "(?<![\\w$])[eE]'(?:[^'\\\\]|\\\\.|'')*'|'(?:[^']|'')*'|"
              + QUOTED
              + "|(\\$(?:[A-Za-z_]\\w*)?\\$).*?\\1|"
              + COMMENT
              + "|(?<end>;)",
          Pattern.DOTALL);

  /** MySQL's quotes are literals of either kind, and a number sign begins a comment. */
  private static final Pattern MYSQL =
      Pattern.compile(
          "'(?:[^'\\\\]|\\\\.|'')*'|\"(?:[^\"\\\\]|\\\\.|\"\")*\"|`(?:[^`]|``)*`|#[^\\n]*|"
              + COMMENT
              + "|(?<end>;)",
          Pattern.DOTALL);

  private SingleStatement() {}

  /** A statement of PostgreSQL without the semicolon behind it; empty when it is several. */
  public static Optional<String> postgres(String text) {
    return only(text, POSTGRES);
  }

  /** A statement of MySQL without the semicolon behind it; empty when it is several. */
  public static Optional<String> mysql(String text) {
    return only(text, MYSQL);
  }

  private static Optional<String> only(String text, Pattern pattern) {
    Matcher token = pattern.matcher(text);
    while (token.find()) {
      if (token.group("end") != null) {
        return text.substring(token.end()).isBlank()
            ? Optional.of(text.substring(0, token.start()).strip())
            : Optional.empty();
      }
    }
    return Optional.of(text.strip());
  }
}

package dev.landfall.transforms.sql;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells one statement of a user's from several, whatever stands in its literals and comments. */
public final class SingleStatement {
  /** MySQL's quotes are literals of either kind, and a number sign begins a comment. */
  private static final Pattern MYSQL =
      Pattern.compile(
          "'(?:[^'\\\\]|\\\\.|'')*'|\"(?:[^\"\\\\]|\\\\.|\"\")*\"|`(?:[^`]|``)*`|#[^\\n]*|"
              + "--[^\\n]*|/\\*.*?\\*/|(?<end>;)",
          Pattern.DOTALL);

  private SingleStatement() {}

  /** A statement of PostgreSQL without the semicolon behind it; empty when it is several. */
  public static Optional<String> postgres(String text) {
    List<PgStatements.Statement> all = PgStatements.split(text);
    return all.size() > 1
        ? Optional.empty()
        : Optional.of(all.isEmpty() ? "" : whole(text, all.get(0)));
  }

  /** With the comments before it, which may be hints. */
  private static String whole(String text, PgStatements.Statement statement) {
    return text.substring(0, statement.offset() + statement.text().length()).strip();
  }

  /** A statement of MySQL without the semicolon behind it; empty when it is several. */
  public static Optional<String> mysql(String text) {
    Matcher token = MYSQL.matcher(text);
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

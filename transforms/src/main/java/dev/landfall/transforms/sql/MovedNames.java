package dev.landfall.transforms.sql;

import dev.landfall.transforms.model.Identifiers;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes definitions, and what the server says of them, from one schema to another. */
public final class MovedNames {
  /** A literal, the body of a function, or a quoted identifier (PostgreSQL manual 4.1). */
  private static final Pattern TOKEN =
      Pattern.compile("'(?:[^']|'')*'|\\$\\$.*?\\$\\$|\"(?:[^\"]|\"\")*\"", Pattern.DOTALL);

  /** What {@code quote_ident} may leave without quotes. */
  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

  private static final Pattern COPY =
      Pattern.compile("(?<![\\w\"$.])" + PromisedCopySql.COPY + "(_\\d+)?\\.");

  private static final String NAME = "(?:\"(?:[^\"]|\"\")*\"|[^\" .]+)";

  private static final Pattern INDEX =
      Pattern.compile(
          "^CREATE (UNIQUE )?INDEX " + NAME + " ON (?:ONLY )?(?:" + NAME + "\\.)?" + NAME + " ");

  private MovedNames() {}

  /**
   * A definition of Landfall's, whose names are all quoted, for another schema.
   *
   * @param from the schemas whose names are replaced
   * @param to the schema that takes their place
   */
  public static String moved(String sql, Set<String> from, String to) {
    Matcher token = TOKEN.matcher(sql);
    StringBuilder moved = new StringBuilder();
    while (token.find()) {
      String text = token.group();
      boolean qualifies =
          text.startsWith("\"")
              && token.end() < sql.length()
              && sql.charAt(token.end()) == '.'
              && (token.start() == 0 || sql.charAt(token.start() - 1) != '.')
              && from.contains(text.substring(1, text.length() - 1).replace("\"\"", "\""));
      token.appendReplacement(
          moved, Matcher.quoteReplacement(qualifies ? Identifiers.postgres(to) : text));
    }
    return token.appendTail(moved).toString();
  }

  /** What the server says of a definition, without the names of those schemas and of the copy's. */
  public static String unqualified(String definition, Set<String> schemas) {
    String text = COPY.matcher(definition).replaceAll("");
    for (String schema : schemas) {
      text = text.replace(Identifiers.postgres(schema) + ".", "");
      if (PLAIN.matcher(schema).matches()) {
        text = text.replaceAll("(?<![\\w\"$.])" + schema + "\\.", "");
      }
    }
    return text;
  }

  /** The definition of an index without the names of itself and of its table. */
  public static String nameless(String createIndex) {
    return INDEX.matcher(createIndex).replaceFirst("$1INDEX ");
  }
}

package dev.landfall.transforms.model;

import dev.landfall.transforms.model.SourceCatalog.Product;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A column's default, told apart from the ways in which servers print it. MySQL prints literals
 * bare and flags expressions (since 8.0, manual 26.3.8); MariaDB (since 10.2.7, "Information Schema
 * COLUMNS Table") prints SQL: literals in quotes, {@code NULL} as a word.
 *
 * @param value a literal without quotes or an expression, null for none
 * @param expression whether it is an expression
 */
public record SourceDefault(@Nullable String value, boolean expression) {
  private static final SourceDefault NONE = new SourceDefault(null, false);

  /** MySQL 8.0.15 flags a default of a text or blob but does not show it. */
  private static final SourceDefault NOT_SHOWN =
      new SourceDefault("an expression that only SHOW CREATE TABLE has", true);

  /** MySQL 5.7 does not flag the one expression that it has. */
  private static final Pattern NOW = Pattern.compile("(?i)current_timestamp(\\(\\d?\\))?");

  private static final Pattern BARE_LITERAL =
      Pattern.compile("[-+]?[0-9.]+(?:[eE][-+]?\\d+)?|[bB]'[01]*'|0x[0-9a-fA-F]+");

  public static SourceDefault of(
      Product product, String type, @Nullable String printed, String extra) {
    if (printed == null) {
      return extra.contains("DEFAULT_GENERATED") ? NOT_SHOWN : NONE;
    }
    return switch (product) {
      case MYSQL -> {
        boolean moment = type.equals("timestamp") || type.equals("datetime");
        yield new SourceDefault(
            printed,
            extra.contains("DEFAULT_GENERATED") || (moment && NOW.matcher(printed).matches()));
      }
      case MARIADB -> {
        if (printed.equals("NULL")) {
          yield NONE;
        }
        if (printed.startsWith("'") && printed.endsWith("'") && printed.length() > 1) {
          yield new SourceDefault(unquote(printed), false);
        }
        yield new SourceDefault(printed, !BARE_LITERAL.matcher(printed).matches());
      }
    };
  }

  private static String unquote(String quoted) {
    StringBuilder text = new StringBuilder();
    int end = quoted.length() - 1;
    for (int i = 1; i < end; i++) {
      char c = quoted.charAt(i);
      if (i + 1 < end && c == '\\') {
        i++;
        text.append(unescape(quoted.charAt(i)));
      } else {
        if (i + 1 < end && c == '\'' && quoted.charAt(i + 1) == '\'') {
          i++;
        }
        text.append(c);
      }
    }
    return text.toString();
  }

  private static char unescape(char escaped) {
    return switch (escaped) {
      case '0' -> '\0';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'Z' -> '\032';
      default -> escaped;
    };
  }
}

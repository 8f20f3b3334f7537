package dev.landfall.transforms.catalog;

import dev.landfall.transforms.model.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The constraints in what SHOW CREATE TABLE prints. MariaDB keeps the actions of foreign keys and
 * checks from accounts that may only read, though it prints them to whoever may read the table.
 */
final class ShownConstraints {
  private static final String NAME = "`((?:[^`]|``)+)`";
  private static final Pattern COLUMN = Pattern.compile(NAME + " .*");
  private static final Pattern TABLE_CHECK =
      Pattern.compile("CONSTRAINT " + NAME + " CHECK \\((.*)\\)");
  private static final String COLUMN_CHECK = " CHECK (";

  /** One for each column, key and constraint: line breaks in texts are printed as escapes. */
  private final List<String> lines;

  /**
   * @param definition as the server prints it
   */
  ShownConstraints(String definition) {
    this.lines =
        definition
            .lines()
            .filter(line -> line.startsWith("  "))
            .map(line -> line.strip().replaceAll(",$", ""))
            .toList();
  }

  /**
   * A check.
   *
   * @param name the column's where the check is a column's
   * @param ofColumn whether it is written with a column
   * @param clause without parentheses
   */
  record Check(String name, boolean ofColumn, String clause) {}

  /** The checks, those of columns first, in the table's order. */
  List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    for (String item : lines) {
      Matcher column = COLUMN.matcher(item);
      int check = find(item, COLUMN_CHECK);
      if (column.matches() && check >= 0) {
        String rest = item.substring(check + COLUMN_CHECK.length());
        checks.add(new Check(name(column), true, rest.substring(0, find(rest, ")"))));
      }
    }
    for (String item : lines) {
      Matcher table = TABLE_CHECK.matcher(item);
      if (table.matches()) {
        checks.add(new Check(name(table), false, table.group(2)));
      }
    }
    return checks;
  }

  /** What a foreign key does on update and on delete, in the catalogue's words. */
  Optional<List<String>> actions(String foreignKey) {
    // Servers print a backtick in its name as it is.
    String name =
        Pattern.quote("`" + foreignKey + "`") + "|" + Pattern.quote(Identifiers.mysql(foreignKey));
    Pattern pattern =
        Pattern.compile(
            "CONSTRAINT (?:"
                + name
                + ") FOREIGN KEY .*\\)(?: ON DELETE ([A-Z ]+?))?(?: ON UPDATE ([A-Z ]+?))?");
    return lines.stream()
        .map(pattern::matcher)
        .filter(Matcher::matches)
        .map(key -> List.of(action(key.group(2)), action(key.group(1))))
        .findFirst();
  }

  /** What is not said is RESTRICT, and the catalogue says so. */
  private static String action(@Nullable String action) {
    return action == null ? "RESTRICT" : action;
  }

  private static String name(Matcher matcher) {
    return matcher.group(1).replace("``", "`");
  }

  /** Where a text is outside of quotes and of parentheses that open in the text; or -1. */
  private static int find(String text, String wanted) {
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      if (depth == 0 && text.startsWith(wanted, i)) {
        return i;
      }
      switch (text.charAt(i)) {
        case '\'', '"', '`' -> i = endOfQuoted(text, i);
        case '(' -> depth++;
        case ')' -> {
          depth--;
          if (depth < 0) {
            return -1;
          }
        }
        default -> {}
      }
    }
    return -1;
  }

  /** A doubled quote begins another text, which is the same here. */
  private static int endOfQuoted(String text, int start) {
    char quote = text.charAt(start);
    int i = start + 1;
    while (i < text.length() && text.charAt(i) != quote) {
      i += text.charAt(i) == '\\' && quote != '`' ? 2 : 1;
    }
    return i;
  }
}

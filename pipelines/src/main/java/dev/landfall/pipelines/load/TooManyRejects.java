package dev.landfall.pipelines.load;

import dev.landfall.transforms.ledger.RejectedSoFar;
import dev.landfall.transforms.ledger.RejectedSoFar.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What to say, and to advise, where more rows were rejected than is allowed. */
final class TooManyRejects {
  /** The rule that a reject's reason names, behind which it says what the rule would do. */
  private static final Pattern RULE = Pattern.compile("; `(rules: \\{.*\\})` would .*");

  /** Words that YAML takes for something else than texts. */
  private static final Set<String> WORDS =
      Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

  private TooManyRejects() {}

  /**
   * The message.
   *
   * @param allowed what the spec allows
   * @param databases whether there are several, so that a table's name needs that of its own
   */
  static String message(RejectedSoFar rejects, String allowed, boolean databases) {
    List<String> lines = new ArrayList<>();
    lines.add(
        rejects.rows()
            + " of about "
            + rejects.of()
            + " rows were rejected, more than load.rejects allows ("
            + allowed
            + "):");
    for (Column column : rejects.columns()) {
      lines.add("  " + column.rows() + " for " + name(column) + ": " + what(column));
    }
    if (rejects.more() > 0) {
      lines.add("  and some for " + rejects.more() + " more columns");
    }
    lines.add(
        "These are the rows met so far: landfall.reject of the target has each with key, column,"
            + " reason and value; \"landfall schema --scan\" counts what all of the source has, by"
            + " column.");
    lines.add(
        "To go on without such rows, allow more in the spec and run the same command again; as it is"
            + " it stops again.");
    Map<String, List<String>> rules = rules(rejects, databases);
    lines.add(
        "To have them too, correct the source"
            + (rules.isEmpty()
                ? " or the mapping, and begin anew with --restart."
                : ", or say in the spec what becomes of such values, and begin anew with"
                    + " --restart. For these columns alone:"));
    if (!rules.isEmpty()) {
      lines.add("  mappings:");
      rules.forEach(
          (table, columns) -> {
            lines.add("    - table: " + table);
            lines.add("      columns:");
            columns.forEach(column -> lines.add("        " + column));
          });
    }
    return String.join("\n", lines);
  }

  private static String name(Column column) {
    return column.table() + (column.column() == null ? "" : "." + column.column());
  }

  private static String what(Column column) {
    return RULE.matcher(column.reason()).replaceAll("");
  }

  /** What a spec would say, by table. */
  private static Map<String, List<String>> rules(RejectedSoFar rejects, boolean databases) {
    Map<String, List<String>> rules = new LinkedHashMap<>();
    for (Column column : rejects.columns()) {
      Matcher rule = RULE.matcher(column.reason());
      if (column.column() != null && rule.find()) {
        String table =
            databases ? column.table() : column.table().substring(column.table().indexOf('.') + 1);
        rules
            .computeIfAbsent(yaml(table), t -> new ArrayList<>())
            .add(yaml(column.column()) + ": {" + rule.group(1) + "}");
      }
    }
    return rules;
  }

  /** A name as YAML takes it for nothing else. */
  private static String yaml(String name) {
    return name.matches("[A-Za-z_][A-Za-z0-9_.]*") && !WORDS.contains(name.toLowerCase(Locale.ROOT))
        ? name
        : name.chars()
            .mapToObj(c -> c == '"' || c == '\\' ? "\\" + (char) c : String.valueOf((char) c))
            .collect(Collectors.joining("", "\"", "\""));
  }
}

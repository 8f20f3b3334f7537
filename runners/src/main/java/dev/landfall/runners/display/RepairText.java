package dev.landfall.runners.display;

import dev.landfall.pipelines.RepairReport;
import dev.landfall.transforms.refresh.RefreshedKey.Action;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A repair's report as text: what was or would be done, to which tables, and what to do now. */
public final class RepairText {
  private static final int MOST_TABLES = 20;
  private static final int MOST_KEYS = 20;

  /** Of the keys that a statement is for. */
  private static final int SAMPLE_KEYS = 5;

  /** A statement names all columns of its table; the document of {@code --json} has it whole. */
  private static final int LONGEST_STATEMENT = 600;

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Style style;

  /** A text for that terminal. */
  public RepairText(Terminal terminal) {
    this.style = new Style(terminal);
  }

  /**
   * The text's lines.
   *
   * @param command the command line of this repair with further flags
   * @param verify the command line that compares both sides
   */
  public List<String> lines(RepairReport report, UnaryOperator<String> command, String verify) {
    List<String> lines = new ArrayList<>();
    report.warnings().forEach(warning -> lines.add(style.warn("! " + warning)));
    lines.add(verdict(report));
    if (!report.tables().isEmpty()) {
      lines.add("");
      lines.addAll(counts(report));
    }
    if (!report.executed()) {
      lines.addAll(statements(report));
    }
    lines.addAll(open(report));
    List<String> next = next(report, command, verify);
    if (!next.isEmpty()) {
      lines.add("");
      lines.addAll(next);
    }
    return lines;
  }

  private String verdict(RepairReport report) {
    String since = " by the verification of " + MOMENT.format(report.verified()) + ".";
    long keys = report.keys().size();
    if (keys == 0) {
      return report.unnamed() == 0
          ? style.good("Nothing to repair:") + " no key was found different" + since
          : style.warn("Nothing can be repaired:") + " no key was named" + since;
    }
    if (report.equal()) {
      return style.good(
              report.executed()
                  ? style.done() + " Both sides agree on these keys."
                  : "Nothing to repair:")
          + (report.executed() ? " " : " both sides agree by now on all ")
          + Numbers.count(keys, "key")
          + (report.executed() ? " of those named" : " named")
          + since;
    }
    long open = report.count(Action.LEFT) + report.count(Action.FAILED);
    if (report.executed()) {
      return style.bad("The sides still differ")
          + " in "
          + Numbers.count(open, "key")
          + " of "
          + Numbers.count(keys)
          + " named"
          + since;
    }
    return style.strong("Nothing was changed.")
        + " As both sides are now, of "
        + Numbers.count(keys, "key")
        + " named"
        + since;
  }

  private List<String> counts(RepairReport report) {
    List<RepairReport.Table> shown = report.tables().stream().limit(MOST_TABLES).toList();
    int name = shown.stream().mapToInt(t -> Math.min(40, t.target().length())).max().orElse(0);
    name = Math.max(name, 5);
    boolean done = report.executed();
    List<String> lines = new ArrayList<>();
    lines.add(
        style.quiet(
            "  "
                + style.left("table", name)
                + Style.right(done ? "inserted" : "insert", 10)
                + Style.right(done ? "updated" : "update", 10)
                + Style.right(done ? "deleted" : "delete", 10)
                + Style.right("equal", 10)
                + Style.right(done ? "left" : "leave", 10)
                + Style.right(done ? "failed" : "can't", 10)
                + Style.right("not named", 12)));
    for (RepairReport.Table table : shown) {
      lines.add(
          "  "
              + style.left(table.target(), name)
              + Style.right(Numbers.count(table.count(Action.INSERTED)), 10)
              + Style.right(Numbers.count(table.count(Action.UPDATED)), 10)
              + Style.right(Numbers.count(table.count(Action.DELETED)), 10)
              + Style.right(Numbers.count(table.count(Action.UNCHANGED)), 10)
              + Style.right(Numbers.count(table.count(Action.LEFT)), 10)
              + Style.right(Numbers.count(table.count(Action.FAILED)), 10)
              + Style.right(Numbers.count(table.unnamed()), 12));
    }
    if (report.tables().size() > MOST_TABLES) {
      lines.add(
          "  "
              + style.quiet(
                  "and " + Numbers.count(report.tables().size() - MOST_TABLES, "more table")));
    }
    return lines;
  }

  private List<String> statements(RepairReport report) {
    List<String> lines = new ArrayList<>();
    for (RepairReport.Table table : report.tables().stream().limit(MOST_TABLES).toList()) {
      for (Map.Entry<Action, String> statement : table.statements().entrySet()) {
        lines.add("");
        lines.add(
            "  " + style.strong(Numbers.count(table.count(statement.getKey()), "time") + ":"));
        lines.add("    " + style.fit(statement.getValue(), LONGEST_STATEMENT));
        lines.add(
            "    "
                + style.quiet(
                    "for "
                        + report.keys().stream()
                            .filter(k -> k.table().equals(table.target()))
                            .filter(k -> k.action() == statement.getKey())
                            .limit(SAMPLE_KEYS)
                            .map(k -> style.key(k.key()))
                            .collect(Collectors.joining("; "))
                        + (table.count(statement.getKey()) > SAMPLE_KEYS ? "; …" : "")));
      }
    }
    return lines;
  }

  /** The keys on which the sides differ and will do so. */
  private List<String> open(RepairReport report) {
    List<RepairReport.Key> open =
        report.keys().stream()
            .filter(k -> k.action() == Action.LEFT || k.action() == Action.FAILED)
            .toList();
    List<String> lines = new ArrayList<>();
    if (!open.isEmpty()) {
      lines.add("");
    }
    for (RepairReport.Key key : open.stream().limit(MOST_KEYS).toList()) {
      lines.add(
          "  "
              + style.left(key.action() == Action.LEFT ? "left" : "failed", 8)
              + Style.printable(key.table())
              + "  "
              + style.key(key.key())
              + "  "
              + Style.printable(String.valueOf(key.reason())));
    }
    if (open.size() > MOST_KEYS) {
      lines.add(
          "  "
              + style.quiet(
                  "and "
                      + Numbers.count(open.size() - MOST_KEYS, "more key")
                      + "; --json lists all"));
    }
    return lines;
  }

  private List<String> next(RepairReport report, UnaryOperator<String> command, String verify) {
    List<String> lines = new ArrayList<>();
    long writes =
        report.count(Action.INSERTED) + report.count(Action.UPDATED) + report.count(Action.DELETED);
    if (!report.executed() && writes > 0) {
      lines.add("To do it:");
      lines.add("  " + style.strong(command.apply("--execute")));
    }
    if (report.count(Action.LEFT) > 0) {
      lines.add("Rows that only the target has are left. To delete them as well:");
      lines.add(
          "  "
              + style.strong(
                  command.apply("--delete-extra" + (report.executed() ? "" : " --execute"))));
    }
    if (report.unnamed() > 0) {
      lines.add(
          Numbers.count(report.unnamed(), "difference")
              + " were counted and not named: verify again behind this repair, or with more"
              + " --max-differences.");
    }
    if (report.executed() || report.unnamed() > 0) {
      lines.add("To compare both sides whole:");
      lines.add("  " + style.strong(verify));
    }
    return lines;
  }
}

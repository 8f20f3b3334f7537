package dev.landfall.runners.display;

import dev.landfall.pipelines.api.RepairReport;
import dev.landfall.runners.display.Grid.Column;
import dev.landfall.runners.view.Numbers;
import dev.landfall.runners.view.WhatNow;
import dev.landfall.transforms.refresh.RefreshedKey.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A repair's report as text: what was or would be done, to which tables, and what to do now. */
public final class RepairText {
  private static final int MOST_TABLES = 20;

  /** Of the keys that a statement is for. */
  private static final int SAMPLE_KEYS = 5;

  /** A statement names all columns of its table; the document of {@code --json} has it whole. */
  private static final int LONGEST_STATEMENT = 600;

  private final Terminal terminal;
  private final Style style;

  /** A text for that terminal. */
  public RepairText(Terminal terminal) {
    this.terminal = terminal;
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
    List<String> open = new OpenKeys(style).lines(report);
    if (!open.isEmpty()) {
      lines.add("");
      lines.addAll(open);
    }
    List<WhatNow> steps = WhatNow.of(report, command, verify);
    if (!steps.isEmpty()) {
      lines.add("");
      lines.addAll(style.now(steps));
    }
    return lines;
  }

  private String verdict(RepairReport report) {
    String since = " by the verification of " + Numbers.moment(report.verified()) + ".";
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
    boolean done = report.executed();
    List<Column> columns =
        List.of(
            Column.text("table"),
            Column.number(done ? "inserted" : "insert", 2),
            Column.number(done ? "updated" : "update", 2),
            Column.number(done ? "deleted" : "delete", 2),
            Column.number("equal", 5),
            Column.number(done ? "left" : "leave", 3),
            Column.number(done ? "failed" : "can't", 1),
            Column.number("not named", 4));
    List<List<String>> rows = new ArrayList<>();
    for (RepairReport.Table table : shown) {
      rows.add(
          List.of(
              table.target(),
              Numbers.count(table.count(Action.INSERTED)),
              Numbers.count(table.count(Action.UPDATED)),
              Numbers.count(table.count(Action.DELETED)),
              Numbers.count(table.count(Action.UNCHANGED)),
              Numbers.count(table.count(Action.LEFT)),
              Numbers.count(table.count(Action.FAILED)),
              Numbers.count(table.unnamed())));
    }
    Grid grid = new Grid(style, columns, rows, terminal.columns());
    List<String> lines = new ArrayList<>();
    lines.add(grid.headings());
    rows.forEach(row -> lines.add(grid.row(row)));
    lines.addAll(style.more(report.tables().size() - MOST_TABLES, "table", ""));
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
}

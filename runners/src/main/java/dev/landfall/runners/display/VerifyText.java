package dev.landfall.runners.display;

import dev.landfall.pipelines.api.Difference;
import dev.landfall.pipelines.api.TableResult;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.api.VerifyRequest;
import dev.landfall.runners.display.Grid.Column;
import dev.landfall.runners.view.Closeness;
import dev.landfall.runners.view.Differences;
import dev.landfall.runners.view.FilteredRows;
import dev.landfall.runners.view.Keys;
import dev.landfall.runners.view.Numbers;
import dev.landfall.runners.view.WhatNow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A verification's report as text: the verdict first, then what differs, then what to do. */
public final class VerifyText {
  private static final int MOST_DIFFERENCES = 20;
  private static final int MOST_TABLES = 20;

  private static final List<Column> COUNTS =
      List.of(
          Column.text("table"),
          Column.number("source", 1),
          Column.number("target", 1),
          Column.number("changed", 0),
          Column.number("missing", 0),
          Column.number("extra", 0));

  private final Terminal terminal;
  private final Style style;

  /** A text for that terminal. */
  public VerifyText(Terminal terminal) {
    this.terminal = terminal;
    this.style = new Style(terminal);
  }

  /**
   * The text's lines.
   *
   * @param command the command line that compares again
   * @param every the one that compares every row
   * @param repair the command line that shows what a repair would do
   */
  public List<String> lines(
      VerificationReport report, String command, String every, String repair) {
    List<String> lines = rows(report);
    lines.addAll(new ConditionText(style).lines(report));
    List<WhatNow> steps = WhatNow.of(report, command, every, repair);
    if (!steps.isEmpty()) {
      lines.add("");
      lines.addAll(style.now(steps));
    }
    lines.addAll(new PassText(style).lines(report));
    return lines;
  }

  private List<String> rows(VerificationReport report) {
    List<String> lines = new ArrayList<>();
    long source = report.tables().stream().mapToLong(TableResult::sourceRows).sum();
    long target = report.tables().stream().mapToLong(TableResult::targetRows).sum();
    if (report.equal()) {
      String words = equal(report);
      lines.add(
          (report.conditionsHold() ? style.good(words) : style.strong(words))
              + " "
              + compared(report, source, target));
      lines.addAll(settled(report));
      lines.addAll(rowsRead(report));
      return lines;
    }
    List<TableResult> different =
        report.tables().stream().filter(t -> t.differences() > 0).toList();
    lines.add(
        style.bad("The sides differ.")
            + " "
            + Numbers.count(
                different.stream().mapToLong(TableResult::differences).sum(), "difference")
            + " in "
            + Numbers.count(different.size())
            + " of "
            + Numbers.count(report.tables().size(), "table")
            + "; "
            + Numbers.count(source, "source row")
            + ", "
            + Numbers.count(target, "target row")
            + ".");
    lines.addAll(rowsRead(report));
    lines.add("");
    lines.addAll(counts(report, different));
    List<String> named = differences(report, different);
    if (!named.isEmpty()) {
      lines.add("");
      lines.addAll(named);
    }
    lines.addAll(settled(report));
    return lines;
  }

  private static String equal(VerificationReport report) {
    return switch (report.request().level()) {
      case COUNT -> Closeness.COUNT.equal();
      case SAMPLE -> Closeness.SAMPLE.equal();
      case CHECKSUM, FULL ->
          sliced(report)
              ? "No difference in this slice."
              : report.conditionsHold() ? Closeness.EVERY_ROW.equal() : "The rows are equal.";
    };
  }

  private static String compared(VerificationReport report, long source, long target) {
    VerifyRequest request = report.request();
    String tables = Numbers.count(report.tables().size(), "table");
    String rows = Numbers.count(source, "row");
    return switch (request.level()) {
      case COUNT -> rows + " in " + tables + " counted; no value was compared.";
      case SAMPLE ->
          rows
              + " of "
              + tables
              + " compared: of each side "
              + Numbers.count(request.sampleRows())
              + ", chosen by --seed "
              + request.seed()
              + "; all where rows can't be found by key.";
      case CHECKSUM, FULL ->
          rows
              + " in "
              + tables
              + " compared"
              + (source == target ? "." : ", " + Numbers.count(target) + " on the target.");
    };
  }

  private static List<String> settled(VerificationReport report) {
    long settled = report.tables().stream().mapToLong(TableResult::settled).sum();
    return settled == 0 ? List.of() : List.of(Differences.settled(settled));
  }

  /** Whether there is more than this run looked at: that can't be called equal. */
  private static boolean sliced(VerificationReport report) {
    return report.reconciliation() != null && report.reconciliation().pass() != null;
  }

  /** Where a wish for digests by the databases could not be met, and rows that go nowhere. */
  private List<String> rowsRead(VerificationReport report) {
    List<String> lines = new ArrayList<>();
    report.rowsRead().entrySet().stream()
        .limit(MOST_TABLES)
        .forEach(
            table ->
                lines.add(
                    style.quiet(
                        "  rows of "
                            + Style.printable(table.getKey())
                            + " were read: "
                            + Style.printable(table.getValue()))));
    if (report.rowsRead().size() > MOST_TABLES) {
      lines.add(
          style.quiet(
              "  and of " + Numbers.count(report.rowsRead().size() - MOST_TABLES, "more table")));
    }
    report.sources().entrySet().stream()
        .filter(table -> table.getValue().filtered() > 0)
        .limit(MOST_TABLES)
        .forEach(
            table ->
                lines.add(
                    style.quiet(
                        "  "
                            + FilteredRows.of(
                                Style.printable(table.getKey()),
                                table.getValue().filtered(),
                                table.getValue().read()))));
    return lines;
  }

  private List<String> counts(VerificationReport report, List<TableResult> different) {
    List<List<String>> rows =
        different.stream()
            .limit(MOST_TABLES)
            .map(
                table ->
                    List.of(
                        name(report, table),
                        Numbers.count(table.sourceRows()),
                        Numbers.count(table.targetRows()),
                        Numbers.count(table.changed()),
                        Numbers.count(table.missing()),
                        Numbers.count(table.extra())))
            .toList();
    Grid grid = new Grid(style, COUNTS, rows, terminal.columns());
    List<String> lines = new ArrayList<>();
    lines.add(grid.headings());
    rows.forEach(row -> lines.add(grid.row(row)));
    lines.addAll(style.more(different.size() - MOST_TABLES, "table", ""));
    return lines;
  }

  /**
   * One that is moved to several tables has a line for each, which the target's name tells apart.
   */
  private static String name(VerificationReport report, TableResult table) {
    boolean split =
        report.tables().stream().filter(t -> t.table().equals(table.table())).count() > 1;
    return split ? table.target() : table.table();
  }

  private List<String> differences(VerificationReport report, List<TableResult> different) {
    List<String> lines = new ArrayList<>();
    List<Difference> shown = report.differences().stream().limit(MOST_DIFFERENCES).toList();
    for (Difference difference : shown) {
      lines.add(
          "  "
              + style.left(difference.kind().word(), 8)
              + Style.printable(difference.table())
              + "  "
              + style.key(difference.key())
              + (difference.columns().isEmpty()
                  ? ""
                  : "  in " + Style.printable(String.join(", ", difference.columns()))));
      lines.addAll(values(difference));
    }
    long all = different.stream().mapToLong(TableResult::differences).sum();
    if (!shown.isEmpty()) {
      lines.addAll(
          style.more(all - shown.size(), "difference", "; --json lists all that were recorded"));
    }
    return lines;
  }

  /** What the sides have, one line for each column; and why a row was rejected. */
  private List<String> values(Difference difference) {
    List<String> lines = new ArrayList<>();
    if (difference.reject() != null) {
      lines.add("            " + style.quiet("rejected: " + Style.printable(difference.reject())));
    }
    int name = difference.values().keySet().stream().mapToInt(String::length).max().orElse(0);
    difference
        .values()
        .forEach(
            (column, values) ->
                lines.add(
                    "            "
                        + style.left(column, Math.min(name, Style.LONGEST_VALUE))
                        + "  "
                        + Differences.values(
                            difference.kind(),
                            value(values.source()),
                            " | ",
                            value(values.target()))));
    return lines;
  }

  private String value(@Nullable String text) {
    return Keys.orNull(text, t -> "\"" + style.fit(t, Style.LONGEST_VALUE) + "\"");
  }
}

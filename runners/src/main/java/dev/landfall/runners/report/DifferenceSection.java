package dev.landfall.runners.report;

import static dev.landfall.runners.report.CellTexts.key;
import static dev.landfall.runners.report.CellTexts.orNull;
import static dev.landfall.runners.report.CellTexts.word;
import static dev.landfall.runners.view.Numbers.count;
import static dev.landfall.runners.view.Numbers.moment;

import dev.landfall.pipelines.api.Difference;
import dev.landfall.pipelines.report.Report;
import dev.landfall.runners.report.Page.Block;
import dev.landfall.runners.report.Page.Cell;
import dev.landfall.runners.report.Page.Head;
import dev.landfall.runners.report.Page.Row;
import dev.landfall.runners.report.Page.Section;
import dev.landfall.runners.view.Differences;
import java.util.ArrayList;
import java.util.List;

/** Rows that differ. It says so where nobody looked for any. */
final class DifferenceSection {
  private DifferenceSection() {}

  static Section differences(Report report) {
    long all = report.verdict().differences();
    List<String> texts = new ArrayList<>();
    if (report.verdicts().isEmpty()) {
      texts.add("Not looked for: the two sides were never compared.");
    } else if (all == 0) {
      texts.add("None.");
    } else {
      texts.add(
          Differences.differ(all)
              + (report.differences().size() < all
                  ? "; the first " + count(report.differences().size()) + " of those that are named"
                  : "")
              + ". Missing: only the source has it. Extra: only the target has it. Changed: both"
              + " have it, with other values.");
    }
    if (report.laterParts() > 0) {
      texts.add(
          "Parts of tables that were compared later have "
              + count(report.laterParts(), "difference")
              + " more, which are not listed here.");
    }
    long settled = report.verdicts().stream().mapToLong(Report.TableVerdict::settled).sum();
    if (settled > 0) {
      texts.add(Differences.settled(settled));
    }
    return Section.of(
        "Differences",
        texts,
        Block.table(
            "Rows that differ, by table",
            Head.all("Target table", "#Changed", "#Missing", "#Extra", "#Settled", "Compared"),
            report.verdicts().stream()
                .filter(v -> v.differences() > 0 || v.settled() > 0)
                .limit(500),
            v ->
                Row.of(
                    Cell.head(v.target()),
                    Cell.number(count(v.changed())),
                    Cell.number(count(v.missing())),
                    Cell.number(count(v.extra())),
                    Cell.number(count(v.settled())),
                    Cell.time(moment(v.finished()) + ", " + word(v.level())))),
        Block.table(
            "Rows that differ, by key",
            Head.all("Target table", "Key", "Kind", "Columns and values"),
            report.differences().stream(),
            DifferenceSection::difference));
  }

  private static Row difference(Difference difference) {
    List<String> lines = new ArrayList<>();
    if (difference.values().isEmpty()) {
      if (!difference.columns().isEmpty()) {
        lines.add(String.join(", ", difference.columns()));
      }
    } else {
      difference
          .values()
          .forEach(
              (column, values) ->
                  lines.add(
                      column
                          + ": "
                          + Differences.values(
                              difference.kind(),
                              orNull(values.source()),
                              " → ",
                              orNull(values.target()))));
    }
    if (difference.reject() != null) {
      // The whole reason is where the rejected rows are.
      lines.add("rejected: " + difference.reject().split("[,;]", 2)[0]);
    }
    return Row.of(
        Cell.head(difference.table()),
        Cell.code(
            key(difference.key())
                + (difference.copies() > 1 ? ", " + count(difference.copies()) + " times" : "")),
        Cell.text(difference.kind().word()),
        Cell.styled("c w", String.join("\n", lines)));
  }
}

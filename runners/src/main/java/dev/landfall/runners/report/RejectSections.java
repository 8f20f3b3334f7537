package dev.landfall.runners.report;

import static dev.landfall.runners.report.CellTexts.cut;
import static dev.landfall.runners.report.CellTexts.key;
import static dev.landfall.runners.report.CellTexts.orNull;
import static dev.landfall.runners.view.Numbers.count;

import dev.landfall.pipelines.report.Report;
import dev.landfall.runners.report.Page.Block;
import dev.landfall.runners.report.Page.Cell;
import dev.landfall.runners.report.Page.Head;
import dev.landfall.runners.report.Page.Row;
import dev.landfall.runners.report.Page.Section;
import dev.landfall.runners.report.Page.Table;
import dev.landfall.runners.view.RejectedRows;
import java.util.ArrayList;
import java.util.List;

/** Rows that could not be loaded, and values that rules changed. */
final class RejectSections {
  private final Report report;

  RejectSections(Report report) {
    this.report = report;
  }

  Section rejects() {
    long all = RejectedRows.in(report.snapshot());
    List<String> texts = new ArrayList<>();
    if (all == 0) {
      texts.add("None: every row that was read was loaded or left out by the mapping.");
    } else {
      texts.add(RejectedRows.listed(all).text());
    }
    return Section.of(
        "Rejected rows",
        texts,
        Block.of(
            Table.of(
                "Why, the most frequent first",
                List.of(
                    Head.text("Table"),
                    Head.text("Column"),
                    Head.number("Rows"),
                    Head.text("Reason")),
                report.rejects().reasons().stream()
                    .map(
                        r ->
                            Row.of(
                                Cell.head(r.table()),
                                Cell.text(r.column() == null ? "" : r.column()),
                                Cell.number(count(r.rows())),
                                Cell.wide(cut(r.reason()))))
                    .toList())),
        Block.of(
            new Table(
                "The first rejected rows",
                count(report.rejects().rows().size(), "rejected row") + " with key and value",
                List.of(
                    Head.text("Table"), Head.text("Key"), Head.text("Column"), Head.text("Value")),
                report.rejects().rows().stream()
                    .map(
                        r ->
                            Row.of(
                                Cell.head(r.table()),
                                Cell.code(key(r.key())),
                                Cell.text(r.column() == null ? "" : r.column()),
                                Cell.code(orNull(r.value()))))
                    .toList())));
  }

  Section dispositions() {
    var all = report.snapshot().dispositions();
    return Section.of(
        "Values that rules changed",
        List.of(
            all.isEmpty()
                ? "None: no value was changed on the way by a rule for odd values."
                : "These are no differences: a verification applies the same rules to the source."),
        Block.of(
            Table.of(
                "What rules did to odd values",
                List.of(
                    Head.text("Target table"),
                    Head.text("Source column"),
                    Head.text("Rule"),
                    Head.number("Rows"),
                    Head.text("Some keys")),
                all.stream()
                    .limit(1000)
                    .map(
                        d ->
                            Row.of(
                                Cell.head(d.target()),
                                Cell.text(d.column()),
                                Cell.text(d.rule()),
                                Cell.number(count(d.rows())),
                                Cell.code(String.join("\n", d.sampleKeys()))))
                    .toList())));
  }
}

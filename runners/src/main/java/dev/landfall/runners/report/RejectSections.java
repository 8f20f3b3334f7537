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
import dev.landfall.runners.view.RejectedRows;
import java.util.ArrayList;
import java.util.List;

/** Rows that could not be loaded, and values that rules changed. */
final class RejectSections {
  private RejectSections() {}

  static Section rejects(Report report) {
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
        Block.table(
            "Why, the most frequent first",
            Head.all("Table", "Column", "#Rows", "Reason"),
            report.rejects().reasons().stream(),
            r ->
                Row.of(
                    Cell.head(r.table()),
                    Cell.text(r.column()),
                    Cell.number(count(r.rows())),
                    Cell.wide(cut(r.reason())))),
        Block.folded(
            "The first rejected rows",
            count(report.rejects().rows().size(), "rejected row") + " with key and value",
            Head.all("Table", "Key", "Column", "Value"),
            report.rejects().rows().stream(),
            r ->
                Row.of(
                    Cell.head(r.table()),
                    Cell.code(key(r.key())),
                    Cell.text(r.column()),
                    Cell.code(orNull(r.value())))));
  }

  static Section dispositions(Report report) {
    var all = report.snapshot().dispositions();
    return Section.of(
        "Values that rules changed",
        List.of(
            all.isEmpty()
                ? "None: no value was changed on the way by a rule for odd values."
                : "These are no differences: a verification applies the same rules to the source."),
        Block.table(
            "What rules did to odd values",
            Head.all("Target table", "Source column", "Rule", "#Rows", "Some keys"),
            all.stream().limit(1000),
            d ->
                Row.of(
                    Cell.head(d.target()),
                    Cell.text(d.column()),
                    Cell.text(d.rule()),
                    Cell.number(count(d.rows())),
                    Cell.code(String.join("\n", d.sampleKeys())))));
  }
}

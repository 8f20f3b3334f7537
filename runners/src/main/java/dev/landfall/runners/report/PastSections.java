package dev.landfall.runners.report;

import static dev.landfall.runners.report.CellTexts.word;
import static dev.landfall.runners.view.Numbers.count;
import static dev.landfall.runners.view.Numbers.moment;

import dev.landfall.pipelines.report.Report;
import dev.landfall.runners.report.Page.Block;
import dev.landfall.runners.report.Page.Cell;
import dev.landfall.runners.report.Page.Head;
import dev.landfall.runners.report.Page.Row;
import dev.landfall.runners.report.Page.Section;
import dev.landfall.runners.report.Page.Table;
import dev.landfall.runners.view.ProofVerdict;
import java.util.List;

/** What was done before: sensitivity proofs, repairs, verifications. */
final class PastSections {
  private final Report report;

  PastSections(Report report) {
    this.report = report;
  }

  Section selfTest() {
    Report.SelfTest proof = report.selfTest();
    if (proof == null) {
      return Section.of(
          "Sensitivity proof",
          List.of("Not done: nothing here shows that a fault would have been found."));
    }
    long cases = proof.tables().stream().mapToLong(Report.SelfTest.TestedTable::cases).sum();
    long passed = proof.tables().stream().mapToLong(Report.SelfTest.TestedTable::passed).sum();
    return Section.of(
        "Sensitivity proof",
        List.of(
            ProofVerdict.of(
                    proof.passed(),
                    count(passed)
                        + " of "
                        + count(cases, "case")
                        + " passed, of each table in its newest proof: faults were seeded in copies"
                        + " of rows, and changes that PostgreSQL calls equal; each fault must be"
                        + " found, and nothing else.")
                .text()),
        Block.of(
            Table.of(
                "Cases by table",
                List.of(Head.text("Target table"), Head.number("Cases"), Head.number("Passed")),
                proof.tables().stream()
                    .map(
                        t ->
                            Row.of(
                                Cell.head(t.target()),
                                Cell.number(count(t.cases())),
                                Cell.styled(
                                    t.passed() == t.cases() ? "n good" : "n bad",
                                    count(t.passed()))))
                    .toList())),
        Block.of(
            new Table(
                "Faults that were seeded, and what was found",
                count(proof.cases().size(), "case") + ", those that failed first",
                List.of(
                    Head.text("Target table"),
                    Head.text("Columns"),
                    Head.text("Type"),
                    Head.text("Fault"),
                    Head.text("Wanted"),
                    Head.text("Found"),
                    Head.text("Passed")),
                proof.cases().stream()
                    .map(
                        c ->
                            Row.of(
                                Cell.head(c.target()),
                                Cell.text(String.join(", ", c.columns())),
                                Cell.text(c.type() == null ? "" : c.type()),
                                Cell.text(c.fault()),
                                Cell.text(c.wanted()),
                                Cell.text(c.found()),
                                Cell.styled(
                                    c.passed() ? "good" : "bad", c.passed() ? "yes" : "no")))
                    .toList())));
  }

  Section repairs() {
    List<Report.Repair> repairs = report.repairs();
    if (repairs == null) {
      return Section.of("Repairs", List.of("None."));
    }
    return Section.of(
        "Repairs",
        List.of("Keys that were read again from the source, by what was done with them."),
        Block.of(
            Table.of(
                "What repairs did",
                List.of(
                    Head.text("Target table"),
                    Head.text("Done"),
                    Head.number("Keys"),
                    Head.text("Last"),
                    Head.text("Compared since")),
                repairs.stream()
                    .map(
                        r ->
                            Row.of(
                                Cell.head(r.target()),
                                Cell.text(word(r.action())),
                                Cell.number(count(r.keys())),
                                Cell.time(moment(r.newest())),
                                Cell.styled(
                                    r.sinceVerdict() ? "unsure" : "",
                                    r.sinceVerdict() ? "no" : "yes")))
                    .toList())));
  }

  Section history() {
    List<Report.Verification> shown = report.history().shown();
    return Section.of(
        "Verifications",
        List.of(
            shown.isEmpty()
                ? "None came to a verdict."
                : count(report.history().all())
                    + (shown.size() < report.history().all()
                        ? " in all; the newest " + count(shown.size()) + "."
                        : " in all, the newest first.")),
        Block.of(
            Table.of(
                "Each verification that came to a verdict",
                List.of(
                    Head.text("Done"),
                    Head.number("Run"),
                    Head.text("Level"),
                    Head.number("Tables"),
                    Head.number("Source rows"),
                    Head.number("Target rows"),
                    Head.number("Differ"),
                    Head.number("Settled")),
                shown.stream()
                    .map(
                        v ->
                            Row.of(
                                new Cell(moment(v.finished()), true, "t", null, null),
                                Cell.number(String.valueOf(v.run())),
                                Cell.text(word(v.level())),
                                Cell.number(count(v.tables())),
                                Cell.number(count(v.sourceRows())),
                                Cell.number(count(v.targetRows())),
                                Cell.styled(
                                    v.differences() == 0 ? "n" : "n bad", count(v.differences())),
                                Cell.number(count(v.settled()))))
                    .toList())));
  }
}

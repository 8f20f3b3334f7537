package dev.landfall.runners.report;

import static dev.landfall.runners.report.CellTexts.word;
import static dev.landfall.runners.view.Numbers.count;
import static dev.landfall.runners.view.Numbers.moment;

import dev.landfall.pipelines.report.Proof;
import dev.landfall.pipelines.report.Report;
import dev.landfall.runners.report.Page.Block;
import dev.landfall.runners.report.Page.Cell;
import dev.landfall.runners.report.Page.Head;
import dev.landfall.runners.report.Page.Row;
import dev.landfall.runners.report.Page.Section;
import dev.landfall.runners.view.ProofVerdict;
import java.util.List;

/** What was done before: sensitivity proofs, repairs, verifications. */
final class PastSections {
  private PastSections() {}

  static Section selfTest(Report report) {
    Proof proof = report.selfTest();
    if (proof == null) {
      return Section.of(
          "Sensitivity proof",
          List.of("Not done: nothing here shows that a fault would have been found."));
    }
    long cases = proof.tables().stream().mapToLong(Proof.TestedTable::cases).sum();
    long passed = proof.tables().stream().mapToLong(Proof.TestedTable::passed).sum();
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
        Block.table(
            "Cases by table",
            Head.all("Target table", "#Cases", "#Passed"),
            proof.tables().stream(),
            t ->
                Row.of(
                    Cell.head(t.target()),
                    Cell.number(count(t.cases())),
                    Cell.styled(t.passed() == t.cases() ? "n good" : "n bad", count(t.passed())))),
        Block.folded(
            "Faults that were seeded, and what was found",
            count(proof.cases().size(), "case") + ", those that failed first",
            Head.all("Target table", "Columns", "Type", "Fault", "Wanted", "Found", "Passed"),
            proof.cases().stream(),
            c ->
                Row.of(
                    Cell.head(c.table()),
                    Cell.text(String.join(", ", c.columns())),
                    Cell.text(c.type()),
                    Cell.text(c.fault()),
                    Cell.text(c.expected()),
                    Cell.text(c.found()),
                    Cell.styled(c.passed() ? "good" : "bad", c.passed() ? "yes" : "no"))));
  }

  static Section repairs(Report report) {
    List<Report.Repair> repairs = report.repairs();
    if (repairs == null) {
      return Section.of("Repairs", List.of("None."));
    }
    return Section.of(
        "Repairs",
        List.of("Keys that were read again from the source, by what was done with them."),
        Block.table(
            "What repairs did",
            Head.all("Target table", "Done", "#Keys", "Last", "Compared since"),
            repairs.stream(),
            r ->
                Row.of(
                    Cell.head(r.target()),
                    Cell.text(word(r.action())),
                    Cell.number(count(r.keys())),
                    Cell.time(moment(r.newest())),
                    Cell.styled(
                        r.sinceVerdict() ? "unsure" : "", r.sinceVerdict() ? "no" : "yes"))));
  }

  static Section history(Report report) {
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
        Block.table(
            "Each verification that came to a verdict",
            Head.all(
                "Done",
                "#Run",
                "Level",
                "#Tables",
                "#Source rows",
                "#Target rows",
                "#Differ",
                "#Settled"),
            shown.stream(),
            v ->
                Row.of(
                    new Cell(moment(v.finished()), true, "t", null, null),
                    Cell.number(String.valueOf(v.run())),
                    Cell.text(word(v.level())),
                    Cell.number(count(v.tables())),
                    Cell.number(count(v.sourceRows())),
                    Cell.number(count(v.targetRows())),
                    Cell.styled(v.differences() == 0 ? "n" : "n bad", count(v.differences())),
                    Cell.number(count(v.settled())))));
  }
}

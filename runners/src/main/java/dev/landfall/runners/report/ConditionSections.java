package dev.landfall.runners.report;

import static dev.landfall.runners.report.CellTexts.key;
import static dev.landfall.runners.report.CellTexts.orNull;
import static dev.landfall.runners.report.CellTexts.style;
import static dev.landfall.runners.view.Numbers.count;
import static dev.landfall.runners.view.Numbers.moment;

import dev.landfall.pipelines.report.Report;
import dev.landfall.runners.report.Page.Block;
import dev.landfall.runners.report.Page.Cell;
import dev.landfall.runners.report.Page.Head;
import dev.landfall.runners.report.Page.Row;
import dev.landfall.runners.report.Page.Section;
import dev.landfall.runners.report.Page.Table;
import dev.landfall.runners.view.CheckVerdict;
import dev.landfall.runners.view.SchemaVerdict;
import dev.landfall.transforms.check.Finding;
import dev.landfall.transforms.check.Finding.Severity;
import dev.landfall.transforms.ledger.KeptCheck;
import java.util.ArrayList;
import java.util.List;

/** What was found beside rows; each says so where nothing was looked at. */
final class ConditionSections {
  private ConditionSections() {}

  static Section schema(Report report) {
    KeptCheck schema = report.schema();
    if (schema == null) {
      return Section.of("Schema", List.of("Not compared with what was promised."));
    }
    List<String> texts = new ArrayList<>();
    texts.add(
        SchemaVerdict.of(schema.count(Severity.DIFFERENT), schema.count(Severity.KNOWN)).text()
            + " Last compared on "
            + moment(schema.finished())
            + ".");
    texts.addAll(schema.result().notes());
    return Section.of(
        "Schema",
        texts,
        Block.table(
            "What was promised and what was found",
            Head.all("Table", "What", "Means", "Promised", "Found", "Reason"),
            schema.result().findings().stream(),
            f ->
                Row.of(
                    Cell.head(String.valueOf(f.table())),
                    Cell.text(f.what()),
                    Cell.styled(
                        f.severity() == Severity.DIFFERENT ? "bad" : "", f.severity().word()),
                    Cell.code(Finding.orNone(f.expected())),
                    Cell.code(Finding.orNone(f.found())),
                    Cell.wide(f.why()))));
  }

  static Section checks(Report report) {
    List<KeptCheck> checks = report.checks();
    if (checks.isEmpty()) {
      return Section.of(
          "Checks of the spec",
          List.of("None were asked: the spec has none, or nothing was verified."));
    }
    long held = checks.stream().filter(c -> c.result().holds()).count();
    List<Row> broken = new ArrayList<>();
    for (KeptCheck kept : checks) {
      for (Finding row : kept.result().findings()) {
        broken.add(
            Row.of(
                Cell.head(kept.result().name()),
                Cell.text(row.kindWords()),
                Cell.code(row.table() == null ? key(row.key()) : row.table()),
                Cell.text(row.object()),
                Cell.code(row.object() == null ? "" : orNull(row.expected())),
                Cell.code(row.object() == null ? "" : orNull(row.found()))));
      }
    }
    return Section.of(
        "Checks of the spec",
        List.of(
            count(held)
                + " of "
                + count(checks.size(), "check")
                + " held, last asked on "
                + moment(checks.get(0).finished())
                + "."),
        Block.table(
            "Outcome of each check",
            Head.all("Check", "Outcome", "Found"),
            checks.stream().map(KeptCheck::result),
            c ->
                Row.of(
                    Cell.head(c.name()),
                    Cell.styled(style(CheckVerdict.tone(c.outcome())), c.outcome().word()),
                    Cell.text(c.message()))),
        Block.of(
            Table.of(
                "Rows that break a check",
                Head.all("Check", "Kind", "Key", "Column", "Source", "Target"),
                broken)));
  }
}

package dev.landfall.runners.report;

import static dev.landfall.runners.report.CellTexts.key;
import static dev.landfall.runners.report.CellTexts.orNull;
import static dev.landfall.runners.report.CellTexts.word;
import static dev.landfall.runners.view.Numbers.count;
import static dev.landfall.runners.view.Numbers.moment;

import dev.landfall.pipelines.report.Report;
import dev.landfall.pipelines.report.ReportedConditions;
import dev.landfall.runners.report.Page.Block;
import dev.landfall.runners.report.Page.Cell;
import dev.landfall.runners.report.Page.Head;
import dev.landfall.runners.report.Page.Row;
import dev.landfall.runners.report.Page.Section;
import dev.landfall.runners.report.Page.Table;
import dev.landfall.runners.view.SchemaVerdict;
import java.util.ArrayList;
import java.util.List;

/** What was found beside rows; each says so where nothing was looked at. */
final class ConditionSections {
  private ConditionSections() {}

  static Section schema(Report report) {
    ReportedConditions.SchemaCheck schema = report.schema();
    if (schema == null) {
      return Section.of("Schema", List.of("Not compared with what was promised."));
    }
    List<String> texts = new ArrayList<>();
    texts.add(
        SchemaVerdict.of(
                    schema.counts().getOrDefault("DIFFERENT", 0L),
                    schema.counts().getOrDefault("KNOWN", 0L))
                .text()
            + " Last compared on "
            + moment(schema.finished())
            + ".");
    texts.addAll(schema.notes());
    return Section.of(
        "Schema",
        texts,
        Block.table(
            "What was promised and what was found",
            Head.all("Table", "What", "Means", "Promised", "Found", "Reason"),
            schema.findings().stream(),
            f ->
                Row.of(
                    Cell.head(f.table()),
                    Cell.text(word(f.kind()) + " " + f.object()),
                    Cell.styled(f.severity().equals("DIFFERENT") ? "bad" : "", word(f.severity())),
                    Cell.code(SchemaVerdict.orNone(f.promised())),
                    Cell.code(SchemaVerdict.orNone(f.found())),
                    Cell.wide(f.reason()))));
  }

  static Section checks(Report report) {
    List<ReportedConditions.Check> checks = report.checks();
    if (checks == null) {
      return Section.of(
          "Checks of the spec",
          List.of("None were asked: the spec has none, or nothing was verified."));
    }
    long held = checks.stream().filter(c -> c.outcome().equals("HELD")).count();
    List<Row> broken = new ArrayList<>();
    for (ReportedConditions.Check check : checks) {
      for (ReportedConditions.CheckRow row : check.rows()) {
        broken.add(
            Row.of(
                Cell.head(check.name()),
                Cell.text(word(row.kind())),
                Cell.code(key(row.key())),
                Cell.text(row.column()),
                Cell.code(row.column() == null ? "" : orNull(row.source())),
                Cell.code(row.column() == null ? "" : orNull(row.target()))));
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
            checks.stream(),
            c ->
                Row.of(
                    Cell.head(c.name()),
                    Cell.styled(c.outcome().equals("HELD") ? "good" : "bad", word(c.outcome())),
                    Cell.text(c.message()))),
        Block.of(
            Table.of(
                "Rows that break a check",
                Head.all("Check", "Kind", "Key", "Column", "Source", "Target"),
                broken)));
  }
}

package dev.landfall.runners.report;

import static dev.landfall.runners.view.Numbers.count;
import static dev.landfall.runners.view.Numbers.duration;
import static dev.landfall.runners.view.Numbers.megabytes;
import static dev.landfall.runners.view.Numbers.moment;

import dev.landfall.pipelines.report.Report;
import dev.landfall.pipelines.spec.MappingText;
import dev.landfall.runners.report.Page.Block;
import dev.landfall.runners.report.Page.Cell;
import dev.landfall.runners.report.Page.Fact;
import dev.landfall.runners.report.Page.Folded;
import dev.landfall.runners.report.Page.Head;
import dev.landfall.runners.report.Page.Row;
import dev.landfall.runners.report.Page.Section;
import dev.landfall.runners.report.Page.Table;
import dev.landfall.runners.view.Runs;
import dev.landfall.runners.view.Telling;
import dev.landfall.runners.view.WhatNow;
import dev.landfall.runners.view.WholeVerdict;
import dev.landfall.transforms.ledger.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts a report's page together: first what it comes to, then what shows it. */
final class PageWriter {
  private final ReportDocument document;
  private final Report report;
  private final Snapshot snapshot;

  PageWriter(ReportDocument document) {
    this.document = document;
    this.report = document.report();
    this.snapshot = report.snapshot();
  }

  Page page(String fingerprint) {
    Telling verdict = WholeVerdict.of(report);
    List<Section> sections = new ArrayList<>();
    List<WhatNow> steps = WhatNow.of(report);
    if (!steps.isEmpty()) {
      sections.add(whatNow(steps));
    }
    sections.add(new TableSection(report).section());
    sections.add(LoadSections.speed(report));
    sections.add(LoadSections.runs(report));
    sections.add(DifferenceSection.differences(report));
    sections.add(RejectSections.rejects(report));
    sections.add(RejectSections.dispositions(report));
    sections.add(ConditionSections.schema(report));
    sections.add(ConditionSections.checks(report));
    sections.add(PastSections.selfTest(report));
    sections.add(PastSections.repairs(report));
    sections.add(PastSections.history(report));
    sections.add(ObjectSection.objects(report));
    sections.add(events());
    sections.add(origin());
    return new Page(
        "Migration report",
        snapshot.migration(),
        CellTexts.style(verdict.tone()),
        verdict.lead(),
        verdict.rest(),
        WholeVerdict.leftOut(report),
        facts(),
        sections,
        "SHA-256 of this report's JSON document, as sha256sum prints it for the file that was"
            + " written beside this page:",
        fingerprint);
  }

  private static Section whatNow(List<WhatNow> steps) {
    return Section.of(
        "Next steps",
        List.of(),
        Block.table(
            "What to do next",
            Head.all("What for", "Command"),
            steps.stream(),
            step ->
                Row.of(
                    Cell.head(step.text().replace('\n', ' ')),
                    Cell.code(String.join("\n", step.commands())))));
  }

  private List<Fact> facts() {
    List<Snapshot.Table> tables = snapshot.tables();
    long rows = tables.stream().mapToLong(Snapshot.Table::rowsLoaded).sum();
    long bytes = tables.stream().mapToLong(Snapshot.Table::bytes).sum();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("From", server(report.source())));
    facts.add(new Fact("To", server(report.target())));
    facts.add(
        new Fact(
            "Moved",
            count(tables.size(), "table")
                + ", "
                + count(rows, "row")
                + ", "
                + megabytes((double) bytes)
                + " MB"));
    facts.add(new Fact("Begun", moment(report.created())));
    tables.stream()
        .map(Snapshot.Table::lastCommitted)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .ifPresent(last -> facts.add(new Fact("Last rows loaded", moment(last))));
    double loadSeconds = LoadSections.seconds(report);
    if (loadSeconds > 0) {
      facts.add(
          new Fact(
              "Loading took",
              duration(loadSeconds) + ", " + Charts.speed(rows, bytes, loadSeconds)));
    }
    facts.add(new Fact("Phase", phase()));
    facts.add(new Fact("This report", moment(snapshot.taken())));
    return facts;
  }

  private String phase() {
    String phase = Runs.word(snapshot.phase());
    return snapshot.holder() == null ? phase : phase + ", run by " + snapshot.holder();
  }

  private static String server(Report.Server server) {
    return server.where()
        + "\n"
        + (server.version() == null
            ? "not reached when this was written"
            : server.version().replaceFirst(" on .*", ""));
  }

  private Section events() {
    List<String> texts = new ArrayList<>();
    if (report.events().shown().isEmpty()) {
      texts.add("None: no outage, no wait, nothing that could not be made.");
    } else if (report.events().shown().size() < report.events().all()) {
      texts.add("The newest of " + count(report.events().all()) + ".");
    }
    return Section.of(
        "Events and warnings",
        texts,
        Block.table(
            "What happened",
            Head.all("When", "#Run", "Kind", "What"),
            report.events().shown().stream(),
            e ->
                Row.of(
                    new Cell(moment(e.at()), true, "t", null, null),
                    Cell.number(orBlank(e.run())),
                    Cell.text(CellTexts.word(e.kind())),
                    Cell.wide(e.text()))));
  }

  private static String orBlank(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  private Section origin() {
    ReportDocument.Written written = document.written();
    return Section.of(
        "Origin",
        List.of(),
        Block.of(
            Table.of(
                "What this report was made with",
                Head.all("What", "Is"),
                List.of(
                    Row.of(Cell.head("Written by"), Cell.text(written.by())),
                    Row.of(
                        Cell.head("With"),
                        Cell.text(
                            "Landfall "
                                + written.landfall()
                                + ", Java "
                                + written.java()
                                + ", Apache Beam "
                                + written.beam())),
                    serverRow("Source server", report.source()),
                    serverRow("Target server", report.target()),
                    Row.of(Cell.head("Spec, SHA-256"), Cell.code(document.spec().fingerprint())),
                    Row.of(
                        Cell.head("Mapping, SHA-256, as on its sheet"),
                        Cell.code(MappingText.fingerprint(report.mapping())))))),
        Block.of(
            new Folded(
                "The spec as it was when this was written, without secrets",
                "print",
                document.spec().text())),
        Block.of(
            new Folded(
                "What moves to where, as it was fixed with the first step",
                "",
                String.join("\n", report.mapping()))));
  }

  private static Row serverRow(String name, Report.Server server) {
    return Row.of(
        Cell.head(name),
        Cell.text(
            server.where()
                + ": "
                + (server.version() == null
                    ? "not reached. " + server.unreachable()
                    : server.version())));
  }
}

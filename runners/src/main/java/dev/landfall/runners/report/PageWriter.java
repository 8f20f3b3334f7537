package dev.landfall.runners.report;

import static dev.landfall.runners.display.Numbers.count;
import static dev.landfall.runners.display.Numbers.duration;
import static dev.landfall.runners.display.Numbers.megabytes;
import static dev.landfall.runners.display.Numbers.rate;

import dev.landfall.pipelines.report.Report;
import dev.landfall.pipelines.report.Report.Run;
import dev.landfall.pipelines.report.Verdict;
import dev.landfall.runners.report.Page.Block;
import dev.landfall.runners.report.Page.Cell;
import dev.landfall.runners.report.Page.Fact;
import dev.landfall.runners.report.Page.Folded;
import dev.landfall.runners.report.Page.Head;
import dev.landfall.runners.report.Page.Row;
import dev.landfall.runners.report.Page.Section;
import dev.landfall.runners.report.Page.Table;
import dev.landfall.transforms.ledger.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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
    Verdict verdict = report.verdict();
    Evidence evidence = new Evidence(report);
    List<Section> sections = new ArrayList<>();
    sections.add(new TableSection(report).section());
    sections.add(speed());
    sections.add(runs());
    sections.add(evidence.differences());
    sections.add(evidence.rejects());
    sections.add(evidence.dispositions());
    sections.add(evidence.schema());
    sections.add(evidence.checks());
    sections.add(evidence.selfTest());
    sections.add(evidence.repairs());
    sections.add(evidence.history());
    sections.add(evidence.objects());
    sections.add(events());
    sections.add(origin());
    return new Page(
        snapshot.migration(),
        tone(verdict.outcome()),
        VerdictText.headline(verdict),
        VerdictText.sentence(report),
        VerdictText.leftOut(report),
        facts(),
        sections,
        fingerprint);
  }

  private static String tone(Verdict.Outcome outcome) {
    return switch (outcome) {
      case EQUAL -> "good";
      case DIFFERENT -> "bad";
      case PARTLY, NOT_VERIFIED -> "unsure";
    };
  }

  private double loadSeconds() {
    return report.load().runs().shown().stream().mapToDouble(PageWriter::loadSeconds).sum();
  }

  static double loadSeconds(Run run) {
    Instant first = run.firstChunk();
    Instant last = run.lastCommit();
    return first == null || last == null ? 0 : Charts.seconds(first, last);
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
    facts.add(new Fact("Begun", VerdictText.time(report.created())));
    tables.stream()
        .map(Snapshot.Table::lastCommitted)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .ifPresent(last -> facts.add(new Fact("Last rows loaded", VerdictText.time(last))));
    if (loadSeconds() > 0) {
      facts.add(
          new Fact(
              "Loading took",
              duration(loadSeconds()) + ", " + Charts.speed(rows, bytes, loadSeconds())));
    }
    facts.add(new Fact("Phase", phase()));
    facts.add(new Fact("This report", VerdictText.time(snapshot.taken())));
    return facts;
  }

  private String phase() {
    String phase = snapshot.phase().name().toLowerCase(Locale.ROOT);
    return snapshot.holder() == null ? phase : phase + ", run by " + snapshot.holder();
  }

  private static String server(Report.Server server) {
    return server.where()
        + "\n"
        + (server.version() == null
            ? "not reached when this was written"
            : server.version().replaceFirst(" on .*", ""));
  }

  private Section speed() {
    List<Block> blocks = new ArrayList<>();
    Charts.rowsOverTime(report).map(Block::of).ifPresent(blocks::add);
    List<Timed> timed = new ArrayList<>();
    for (int i = 0; i < snapshot.tables().size(); i++) {
      timed.add(new Timed(snapshot.tables().get(i), report.load().seconds().getOrDefault(i, 0.0)));
    }
    List<Timed> longest = Charts.largest(timed, Timed::seconds, 20);
    double most = longest.isEmpty() ? 0 : longest.get(0).seconds();
    blocks.add(
        Block.of(
            Table.of(
                longest.size() == timed.size()
                    ? "Time for each table"
                    : "The " + count(longest.size(), "table") + " that took longest",
                List.of(
                    Head.text("Table"),
                    Head.text("Time"),
                    Head.number("Rows/s"),
                    Head.number("MB/s"),
                    Head.number("MB")),
                longest.stream().map(t -> timedRow(t, most)).toList())));
    return Section.of(
        "Speed",
        List.of(
            "From the first chunk's start to the last commit, runs one after the other; tables are"
                + " loaded side by side. MB are millions of bytes of the rows' values."),
        blocks.toArray(Block[]::new));
  }

  private record Timed(Snapshot.Table table, double seconds) {}

  private static Row timedRow(Timed timed, double most) {
    Snapshot.Table table = timed.table();
    return Row.of(
        Cell.head(table.table()),
        Cell.bar(
            timed.seconds() < 10
                ? String.format(Locale.ROOT, "%.1fs", timed.seconds())
                : duration(timed.seconds()),
            Charts.share(timed.seconds(), most)),
        Cell.number(rate(table.rowsLoaded() / timed.seconds())),
        Cell.number(megabytes(table.bytes() / timed.seconds())),
        Cell.number(megabytes((double) table.bytes())));
  }

  private Section runs() {
    List<Run> runs = report.load().runs().shown();
    List<String> texts = new ArrayList<>();
    if (runs.size() < report.load().runs().all()) {
      texts.add(
          "Those that loaded rows, and the newest of "
              + count(report.load().runs().all())
              + " in all.");
    }
    texts.add(
        "A bar is as long as its run, compared with the longest. Blue: rows were loaded. Green: from"
            + " the last of them to the verdict, keys and indexes included. Grey: all else.");
    return Section.of(
        "Runs",
        texts,
        Block.of(
            Table.of(
                "What was run, when, by whom",
                List.of(
                    Head.number("Run"),
                    Head.text("Command"),
                    Head.text("Started"),
                    Head.text("Took"),
                    Head.text("Outcome"),
                    Head.number("Rows loaded"),
                    Head.text("By")),
                runs.stream().map(this::runRow).toList())));
  }

  private Row runRow(Run run) {
    Instant end = run.ended() == null ? snapshot.taken() : run.ended();
    double most =
        report.load().runs().shown().stream()
            .mapToDouble(
                r -> Charts.seconds(r.started(), r.ended() == null ? snapshot.taken() : r.ended()))
            .max()
            .orElse(1);
    Instant scale = run.started().plusMillis((long) (Math.max(most, 0.001) * 1000));
    List<Page.Segment> segments = new ArrayList<>();
    segments.add(Charts.span(run.started(), end, run.started(), scale, "pale"));
    Instant first = run.firstChunk();
    Instant last = run.lastCommit();
    if (first != null && last != null) {
      segments.add(Charts.span(first, last, run.started(), scale, ""));
    }
    Instant verified = run.verified();
    if (verified != null) {
      segments.add(
          Charts.span(
              last == null ? run.started() : last, verified, run.started(), scale, "check"));
    }
    return Row.of(
        new Cell(String.valueOf(run.id()), true, "n", null, null),
        Cell.text(run.command()),
        Cell.time(VerdictText.time(run.started())),
        Cell.bar(
            duration(Charts.seconds(run.started(), end)), segments.toArray(Page.Segment[]::new)),
        Cell.styled(
            run.outcome() == null || run.outcome().equals("DONE") ? "" : "unsure",
            run.outcome() == null ? "going on" : run.outcome().toLowerCase(Locale.ROOT)),
        Cell.number(count(run.rows())),
        Cell.time(run.holder()));
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
        Block.of(
            Table.of(
                "What happened",
                List.of(
                    Head.text("When"), Head.number("Run"), Head.text("Kind"), Head.text("What")),
                report.events().shown().stream()
                    .map(
                        e ->
                            Row.of(
                                new Cell(VerdictText.time(e.at()), true, "t", null, null),
                                Cell.number(orBlank(e.run())),
                                Cell.text(e.kind().toLowerCase(Locale.ROOT)),
                                Cell.wide(e.text())))
                    .toList())));
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
                List.of(Head.text("What"), Head.text("Is")),
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
                    Row.of(Cell.head("Spec, SHA-256"), Cell.code(document.spec().fingerprint()))))),
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

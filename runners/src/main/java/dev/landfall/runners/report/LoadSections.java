package dev.landfall.runners.report;

import static dev.landfall.runners.view.Numbers.count;
import static dev.landfall.runners.view.Numbers.duration;
import static dev.landfall.runners.view.Numbers.megabytes;
import static dev.landfall.runners.view.Numbers.moment;
import static dev.landfall.runners.view.Numbers.rate;

import dev.landfall.pipelines.report.Report;
import dev.landfall.pipelines.report.Report.Run;
import dev.landfall.runners.report.Page.Block;
import dev.landfall.runners.report.Page.Cell;
import dev.landfall.runners.report.Page.Head;
import dev.landfall.runners.report.Page.Row;
import dev.landfall.runners.report.Page.Section;
import dev.landfall.runners.view.Runs;
import dev.landfall.transforms.ledger.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How fast rows were loaded, and by which runs. */
final class LoadSections {
  private LoadSections() {}

  /** How long was loaded, all runs together. */
  static double seconds(Report report) {
    return report.load().runs().shown().stream().mapToDouble(LoadSections::seconds).sum();
  }

  private static double seconds(Run run) {
    Instant first = run.firstChunk();
    Instant last = run.lastCommit();
    return first == null || last == null ? 0 : Charts.seconds(first, last);
  }

  static Section speed(Report report) {
    List<Block> blocks = new ArrayList<>();
    Charts.rowsOverTime(report).map(Block::of).ifPresent(blocks::add);
    List<Timed> timed = new ArrayList<>();
    for (int i = 0; i < report.snapshot().tables().size(); i++) {
      timed.add(
          new Timed(
              report.snapshot().tables().get(i), report.load().seconds().getOrDefault(i, 0.0)));
    }
    List<Timed> longest = Charts.largest(timed, Timed::seconds, 20);
    double most = longest.isEmpty() ? 0 : longest.get(0).seconds();
    blocks.add(
        Block.table(
            longest.size() == timed.size()
                ? "Time for each table"
                : "The " + count(longest.size(), "table") + " that took longest",
            Head.all("Table", "Time", "#Rows/s", "#MB/s", "#MB"),
            longest.stream(),
            t -> timedRow(t, most)));
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

  static Section runs(Report report) {
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
        Block.table(
            "What was run, when, by whom",
            Head.all("#Run", "Command", "Started", "Took", "Outcome", "#Rows loaded", "By"),
            runs.stream(),
            run -> runRow(report, run)));
  }

  private static Row runRow(Report report, Run run) {
    Instant end = run.ended() == null ? report.snapshot().taken() : run.ended();
    double most =
        report.load().runs().shown().stream()
            .mapToDouble(
                r ->
                    Charts.seconds(
                        r.started(), r.ended() == null ? report.snapshot().taken() : r.ended()))
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
        Cell.time(moment(run.started())),
        Cell.bar(
            duration(Charts.seconds(run.started(), end)), segments.toArray(Page.Segment[]::new)),
        Cell.styled(
            run.outcome() == null || run.outcome().equals("DONE") ? "" : "unsure",
            Runs.end(run.outcome())),
        Cell.number(count(run.rows())),
        Cell.time(run.holder()));
  }
}

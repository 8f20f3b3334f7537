package dev.landfall.runners.report;

import static dev.landfall.runners.view.Numbers.count;
import static dev.landfall.runners.view.Numbers.duration;
import static dev.landfall.runners.view.Numbers.megabytes;
import static dev.landfall.runners.view.Numbers.moment;
import static dev.landfall.runners.view.Numbers.rate;

import dev.landfall.pipelines.report.Report;
import dev.landfall.pipelines.report.Report.Load;
import dev.landfall.pipelines.report.Report.Part;
import dev.landfall.pipelines.report.Report.Run;
import dev.landfall.runners.report.Page.Bar;
import dev.landfall.runners.report.Page.Chart;
import dev.landfall.runners.report.Page.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Numbers as lengths. */
final class Charts {
  private static final double WIDTH = 600;
  private static final double HEIGHT = 120;

  /** Between two runs, in parts of a run's shortest share. */
  private static final double GAP = 6;

  private Charts() {}

  private record Loading(Run run, Instant first, Instant last, double seconds) {}

  /** Rows a second over the time in which runs loaded; nothing where nothing was loaded. */
  static Optional<Chart> rowsOverTime(Report report) {
    List<Loading> loadings = new ArrayList<>();
    for (Run run : report.load().runs().shown()) {
      Instant first = run.firstChunk();
      Instant last = run.lastCommit();
      if (first != null && last != null && run.rows() > 0) {
        loadings.add(new Loading(run, first, last, Math.max(0.001, seconds(first, last))));
      }
    }
    if (loadings.isEmpty()) {
      return Optional.empty();
    }
    double total = loadings.stream().mapToDouble(Loading::seconds).sum();
    double room = WIDTH - GAP * (loadings.size() - 1);
    List<Scaled> scaled = new ArrayList<>();
    double x = 0;
    for (Loading loading : loadings) {
      double width = Math.max(1, room * loading.seconds() / total);
      double step = loading.seconds() / Load.PARTS;
      for (Part part : report.load().parts()) {
        if (part.run() == loading.run().id() && part.rows() > 0) {
          scaled.add(
              new Scaled(
                  x + width * part.number() / Load.PARTS,
                  width / Load.PARTS,
                  part.rows() / step,
                  moment(loading.first().plusMillis((long) (part.number() * step * 1000)))
                      + ": "
                      + count(part.rows(), "row")));
        }
      }
      x += width + GAP;
    }
    double top = scaled.stream().mapToDouble(Scaled::perSecond).max().orElse(1);
    Loading begin = loadings.get(0);
    Loading end = loadings.get(loadings.size() - 1);
    long rows = loadings.stream().mapToLong(l -> l.run().rows()).sum();
    return Optional.of(
        new Chart(
            "rows-over-time",
            "Rows loaded a second"
                + (loadings.size() == 1 ? "" : ", " + loadings.size() + " runs side by side"),
            count(rows, "row")
                + " in "
                + duration(total)
                + " of loading, "
                + rate(rows / total)
                + " a second on average, at most "
                + rate(top)
                + ".",
            rate(top) + " rows/s",
            scaled.stream().map(bar -> bar.of(top)).toList(),
            List.of(moment(begin.first()), moment(end.last()))));
  }

  private record Scaled(double x, double width, double perSecond, String hint) {
    Bar of(double top) {
      double height = Math.max(1, HEIGHT * perSecond / top);
      return new Bar(
          decimal(x), decimal(HEIGHT - height), decimal(width * 0.9), decimal(height), hint);
    }
  }

  /** A bar's part that begins and ends somewhere between two moments. */
  static Segment span(Instant from, Instant to, Instant begin, Instant end, String style) {
    double all = Math.max(0.001, seconds(begin, end));
    double start = Math.min(99.5, 100 * seconds(begin, from) / all);
    double length = Math.max(0.5, 100 * seconds(from, to) / all);
    return new Segment(decimal(start), decimal(Math.min(length, 100 - start)), style);
  }

  /** A bar that is a share of the longest. */
  static Segment share(double value, double most) {
    return new Segment("0", decimal(most <= 0 ? 0 : Math.max(0.5, 100 * value / most)), "");
  }

  /** Segments that are shares of a whole, one behind the other. */
  static Segment[] stacked(List<Long> shares, List<String> styles) {
    double all = Math.max(1, shares.stream().mapToLong(Long::longValue).sum());
    List<Segment> segments = new ArrayList<>();
    double from = 0;
    for (int i = 0; i < shares.size(); i++) {
      double length = 100 * shares.get(i) / all;
      if (length > 0) {
        segments.add(new Segment(decimal(from), decimal(length), styles.get(i)));
      }
      from += length;
    }
    return segments.toArray(Segment[]::new);
  }

  static double seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toMillis() / 1000.0);
  }

  /** Rows and megabytes a second; blank where there was no time. */
  static String speed(long rows, long bytes, double seconds) {
    return seconds <= 0
        ? ""
        : rate(rows / seconds) + " rows/s, " + megabytes(bytes / seconds) + " MB/s";
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** For lists of what took longest. */
  static <T> List<T> largest(List<T> all, ToDoubleFunction<T> by, int most) {
    return all.stream()
        .sorted(Comparator.comparingDouble(by).reversed())
        .limit(most)
        .filter(t -> by.applyAsDouble(t) > 0)
        .toList();
  }
}

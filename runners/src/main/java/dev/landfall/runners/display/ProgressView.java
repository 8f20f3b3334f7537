package dev.landfall.runners.display;

import dev.landfall.runners.view.Numbers;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.ledger.Snapshot.Phase;
import dev.landfall.transforms.ledger.Snapshot.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The lines that show a run that is going on: pure, so that what is seen can be tested. */
final class ProgressView {
  /** More lines than this are no longer read at a glance. */
  private static final int MOST_TABLES = 8;

  /** Lines that are not tables: summary, waiting, phase, note, and one to spare. */
  private static final int OTHER_LINES = 5;

  private static final int LONGEST_NAME = 40;
  private static final int PERCENT = 5;
  private static final int ROWS = 14;
  private static final int RATE = 11;
  private static final int LEFT = 10;

  /** From here on there is room for words beside the numbers. */
  private static final int WIDE = 100;

  private static final int LEAST_BAR = 6;
  private static final int MOST_BAR = 40;

  private final Terminal terminal;
  private final Style style;

  ProgressView(Terminal terminal) {
    this.terminal = terminal;
    this.style = new Style(terminal);
  }

  /** The block for a terminal; no line is wider than the terminal. */
  List<String> lines(Snapshot snapshot, Rates rates) {
    List<String> lines = new ArrayList<>();
    Totals totals = new Totals(snapshot);
    if (snapshot.step() == null
        && (snapshot.phase() == Phase.SCHEMA || snapshot.phase() == Phase.BACKFILL)) {
      long done = totals.done();
      if (done > 0 && done < snapshot.tables().size()) {
        long rows = snapshot.tables().stream().filter(Table::done).mapToLong(Table::rowsRead).sum();
        lines.add(
            "  "
                + style.good(style.done())
                + " "
                + Numbers.count(done, "table")
                + " loaded, "
                + Numbers.count(rows, "row"));
      }
      lines.addAll(tableLines(snapshot, rates));
    }
    lines.add(summary(snapshot, rates));
    if (snapshot.note() != null) {
      lines.add("  " + style.warn(style.fit("! " + snapshot.note(), terminal.columns() - 3)));
    }
    return lines;
  }

  /** One line for a log file or a pipe. */
  String plain(Snapshot snapshot, Rates rates) {
    Totals totals = new Totals(snapshot);
    Figures figures = Figures.of(snapshot, rates);
    List<String> parts = new ArrayList<>();
    parts.add(figures.percent());
    parts.add(figures.counted());
    if (snapshot.phase() == Phase.BACKFILL && !figures.percent().isEmpty()) {
      parts.add(
          totals.done() + " of " + Numbers.count(snapshot.tables().size(), "table") + " done");
    }
    parts.add(figures.rateOf());
    parts.add(figures.left().isEmpty() ? "" : figures.left() + " left");
    parts.removeIf(String::isEmpty);
    StringBuilder line = new StringBuilder(figures.word());
    if (!parts.isEmpty()) {
      line.append(": ").append(String.join(", ", parts));
    }
    if (totals.rowsFiltered() > 0) {
      line.append(", ").append(Numbers.count(totals.rowsFiltered())).append(" left out");
    }
    if (totals.rowsRejected() > 0) {
      line.append(", ").append(Numbers.count(totals.rowsRejected(), "reject"));
    }
    if (snapshot.note() != null) {
      line.append("; ").append(Style.printable(snapshot.note()));
    }
    return line.toString();
  }

  private List<String> tableLines(Snapshot snapshot, Rates rates) {
    List<Table> open = snapshot.tables().stream().filter(t -> !t.done()).toList();
    List<Table> active = open.stream().filter(t -> t.firstStarted() != null).toList();
    if (active.isEmpty()) {
      return List.of();
    }
    int room = Math.max(1, Math.min(MOST_TABLES, terminal.rows() - OTHER_LINES));
    // The mapping's order: a table keeps its place while it moves.
    List<Table> shown = active.stream().limit(room).toList();
    int name =
        Math.min(
            Math.min(LONGEST_NAME, terminal.columns() / 3),
            open.stream().map(t -> t.table().length()).max(Comparator.naturalOrder()).orElse(0));
    List<String> lines = new ArrayList<>();
    for (Table table : shown) {
      lines.add(tableLine(table, name, rates.of(table.table())));
    }
    lines.addAll(style.more(open.size() - shown.size(), "table", ""));
    return lines;
  }

  private String tableLine(Table table, int name, double rate) {
    boolean wide = terminal.columns() >= WIDE;
    List<String> columns = new ArrayList<>();
    columns.add(cell(Figures.percent(Totals.fraction(table)), PERCENT));
    columns.add(
        cell(Numbers.count(table.rowsRead()), ROWS - (wide ? 0 : 2)) + (wide ? " rows" : ""));
    columns.add(cell(rate > 0 ? Numbers.rate(rate) + "/s" : "", RATE));
    columns.add(cell(left(table, rate), LEFT));
    int room = terminal.columns() - 1 - 2 - name;
    // What does not fit is left out from the right: a cut number would be another number.
    while (columns.size() > 1 && String.join("", columns).length() > room) {
      columns.remove(columns.size() - 1);
    }
    String numbers = String.join("", columns);
    String rejects =
        table.rowsRejected() > 0 ? "  " + Numbers.count(table.rowsRejected(), "reject") : "";
    if (numbers.length() + rejects.length() > room) {
      rejects = "";
    }
    int bar = room - 2 - numbers.length() - rejects.length();
    return "  "
        + style.left(table.table(), name)
        + (bar >= LEAST_BAR
            ? "  " + style.bar(Totals.fraction(table), Math.min(MOST_BAR, bar))
            : "")
        + numbers
        + style.warn(rejects);
  }

  /** Right-aligned, with at least one space before it. */
  private static String cell(String text, int width) {
    return Style.right(text.isEmpty() ? "" : " " + text, width);
  }

  /** What does not fit is left out: how fast, then since when; what is left comes before those. */
  private String summary(Snapshot snapshot, Rates rates) {
    Figures figures = Figures.of(snapshot, rates);
    String counted =
        (figures.percent().isEmpty() ? "" : "  " + Style.right(figures.percent(), 4))
            + (figures.counted().isEmpty() ? "" : "  " + figures.counted());
    String rate = figures.rate().isEmpty() ? "" : "  " + figures.rate();
    String after = elapsed(snapshot);
    String left =
        figures.left().isEmpty() ? "" : (after.isEmpty() ? "  " : ", ") + figures.left() + " left";
    int room = terminal.columns() - 3 - figures.word().length();
    String line = counted + rate + after + left;
    if (line.length() > room) {
      line = counted + after + left;
    }
    if (line.length() > room && !left.isEmpty()) {
      line = counted + "  " + figures.left() + " left";
    }
    if (line.length() > room && !left.isEmpty()) {
      line = "  " + figures.percent() + "  " + figures.left() + " left";
    }
    return "  "
        + style.strong(style.fit(figures.word(), terminal.columns() - 3))
        + style.fit(line, Math.max(0, room));
  }

  private static String elapsed(Snapshot snapshot) {
    return snapshot.started() == null
        ? ""
        : "  after "
            + Numbers.duration(
                Duration.between(snapshot.started(), snapshot.taken()).toMillis() / 1000.0);
  }

  private static String left(Table table, double rate) {
    return rate > 0
        ? Numbers.duration((Totals.expected(table) - table.rowsRead()) / rate) + " left"
        : "";
  }
}

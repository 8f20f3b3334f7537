package dev.landfall.runners.display;

import dev.landfall.runners.display.Grid.Column;
import dev.landfall.runners.view.Numbers;
import dev.landfall.runners.view.VerdictWord;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.ledger.Snapshot.Phase;
import dev.landfall.transforms.ledger.Snapshot.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a run did, or where it stands: one line a table, numbers right-aligned, totals below. */
public final class ResultTable {
  /** More tables than this are summed up, but for those that need a look. */
  private static final int MOST_TABLES = 20;

  /** Headings, what is left out, the rule and the sum. */
  private static final int OTHER_LINES = 4;

  /** From here on there is room for the targets' names. */
  private static final int WIDE = 110;

  /** From here on there is room for chunks in the place of a share. */
  private static final int CHUNKS = 72;

  private static final List<Column> COLUMNS =
      List.of(
          Column.text("table"),
          Column.text("target", 9),
          Column.number("rows", 0),
          Column.number("seconds", 3),
          Column.number("rows/s", 4),
          Column.number("MB/s", 5),
          Column.number("rejects", 2),
          Column.whole("verified"));

  private static final int VERIFIED = 7;

  private final Terminal terminal;
  private final Style style;

  /** A table as wide as the terminal at most. */
  public ResultTable(Terminal terminal) {
    this.terminal = terminal;
    this.style = new Style(terminal);
  }

  /** The lines, headings first. */
  public List<String> lines(Snapshot snapshot) {
    return lines(snapshot, Integer.MAX_VALUE);
  }

  /** So many lines at most, of which the sum is the last. */
  List<String> lines(Snapshot snapshot, int most) {
    List<Table> shown = shown(snapshot.tables(), Math.max(0, most - OTHER_LINES));
    Totals totals = new Totals(snapshot);
    boolean wide = terminal.columns() >= WIDE;
    List<List<String>> rows = new ArrayList<>();
    for (Table table : shown) {
      rows.add(
          row(
              table.table(),
              wide ? link() + targets(table) : "",
              table.rowsLoaded(),
              Totals.seconds(table),
              table.bytes(),
              table.rowsRejected(),
              verdict(table)));
    }
    List<String> sum =
        row(
            Numbers.count(snapshot.tables().size(), "table"),
            "",
            totals.rowsLoaded(),
            totals.seconds(),
            totals.bytes(),
            totals.rowsRejected(),
            verdict(snapshot, totals));
    rows.add(sum);
    List<Column> columns = new ArrayList<>(COLUMNS);
    if (!wide) {
      columns.set(1, Column.text("", 9));
    }
    Grid grid = new Grid(style, columns, rows, terminal.columns());
    List<String> lines = new ArrayList<>();
    lines.add(grid.headings());
    for (int i = 0; i < shown.size(); i++) {
      Table table = shown.get(i);
      lines.add(grid.row(rows.get(i), (column, cell) -> paint(table, column, cell)));
    }
    if (shown.size() < snapshot.tables().size() && most > OTHER_LINES) {
      lines.add(
          Grid.GAP
              + style.quiet(style.fit(rest(snapshot.tables(), shown), terminal.columns() - 2)));
    }
    lines.add(Grid.GAP + style.rule(grid.width() - Grid.GAP.length()));
    lines.add(grid.row(sum, (column, cell) -> paintSum(totals, column, cell)));
    return lines;
  }

  private String paint(Table table, int column, String cell) {
    return column == VERIFIED
        ? style.tone(VerdictWord.of(table).tone(), cell)
        : column > 1 && table.rowsRejected() > 0 ? style.warn(cell) : cell;
  }

  private String paintSum(Totals totals, int column, String cell) {
    if (column == VERIFIED) {
      return totals.verified(Snapshot.Verdict.DIFFERENT) > 0 ? style.bad(cell) : style.good(cell);
    }
    return column == 0 ? style.strong(cell) : cell;
  }

  private String link() {
    return terminal.unicode() ? "→ " : "> ";
  }

  /** The largest tables and all that need a look, in the mapping's order; those first. */
  private static List<Table> shown(List<Table> tables, int most) {
    Comparator<Table> look =
        Comparator.comparing(t -> t.rowsRejected() == 0 && t.differences() == 0);
    long looks = tables.stream().filter(t -> t.rowsRejected() > 0 || t.differences() > 0).count();
    if (tables.size() <= Math.min(MOST_TABLES, most)) {
      return tables;
    }
    Set<Table> chosen = new HashSet<>();
    tables.stream()
        .sorted(look.thenComparing(Comparator.comparingLong(Table::rowsLoaded).reversed()))
        .limit(Math.min(most, MOST_TABLES + looks))
        .forEach(chosen::add);
    return tables.stream().filter(chosen::contains).toList();
  }

  private String rest(List<Table> tables, List<Table> shown) {
    Set<Table> seen = new HashSet<>(shown);
    List<Table> hidden = tables.stream().filter(t -> !seen.contains(t)).toList();
    long open = hidden.stream().filter(t -> !t.done()).count();
    return style.ellipsis()
        + " "
        + Numbers.count(hidden.size(), "more table")
        + (open == 0 ? ", all loaded" : ", " + Numbers.count(open) + " of them not yet loaded");
  }

  private static List<String> row(
      String table,
      String target,
      long rows,
      double seconds,
      long bytes,
      long rejects,
      String verdict) {
    return List.of(
        table,
        target,
        Numbers.count(rows),
        String.format(Locale.ROOT, "%,.1f", seconds),
        seconds > 0 ? Numbers.rate(rows / seconds) : "",
        seconds > 0 ? Numbers.megabytes(bytes / seconds) : "",
        Numbers.count(rejects),
        verdict);
  }

  private String verdict(Table table) {
    return !table.done() && table.chunks() > 0 && terminal.columns() < CHUNKS
        ? Figures.percent(Totals.fraction(table))
        : VerdictWord.of(table).word();
  }

  private static String verdict(Snapshot snapshot, Totals totals) {
    long different = totals.verified(Snapshot.Verdict.DIFFERENT);
    if (different > 0) {
      return Numbers.count(totals.differences()) + " differ";
    }
    if (snapshot.phase() == Phase.DONE
        && totals.verified(Snapshot.Verdict.EQUAL) == snapshot.tables().size()) {
      return "equal";
    }
    return "";
  }

  private static String targets(Table table) {
    return String.join(" + ", table.targets());
  }
}

package dev.landfall.runners.display;

import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.ledger.Snapshot.Phase;
import dev.landfall.transforms.ledger.Snapshot.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a run did, or where it stands: one line a table, numbers right-aligned, totals below. */
public final class ResultTable {
  /** More tables than this are summed up, but for those that need a look. */
  private static final int MOST_TABLES = 20;

  private static final int LONGEST_NAME = 40;
  private static final int ROWS = 14;
  private static final int SECONDS = 9;
  private static final int RATE = 11;
  private static final int MEGABYTES = 8;
  private static final int REJECTS = 9;
  private static final String GAP = "  ";

  /** The margin, and a verdict as long as they usually are. */
  private static final int OTHER = 2 + 2 + 14;

  private final Terminal terminal;
  private final Style style;

  /** A table as wide as the terminal at most. */
  public ResultTable(Terminal terminal) {
    this.terminal = terminal;
    this.style = new Style(terminal);
  }

  /** The lines, headings first. */
  public List<String> lines(Snapshot snapshot) {
    List<Table> shown = shown(snapshot.tables());
    boolean wide = terminal.columns() >= 118;
    int numbers = ROWS + SECONDS + RATE + MEGABYTES + REJECTS;
    int room = Math.max(12, terminal.columns() - numbers - OTHER);
    int name = Math.min(Math.min(LONGEST_NAME, room), longest(shown, false));
    int target = wide ? Math.min(Math.min(LONGEST_NAME, room - name - 3), longest(shown, true)) : 0;

    List<String> lines = new ArrayList<>();
    lines.add(
        style.quiet(
            GAP
                + style.left("table", name)
                + (wide ? "   " + style.left("target", target) : "")
                + Style.right("rows", ROWS)
                + Style.right("seconds", SECONDS)
                + Style.right("rows/s", RATE)
                + Style.right("MB/s", MEGABYTES)
                + Style.right("rejects", REJECTS)
                + GAP
                + "verified"));
    for (Table table : shown) {
      double seconds = Totals.seconds(table);
      lines.add(
          GAP
              + style.left(table.table(), name)
              + (wide
                  ? " "
                      + style.quiet(style.arrow().substring(0, 1))
                      + " "
                      + style.left(targets(table), target)
                  : "")
              + figures(table.rowsLoaded(), seconds, table.bytes(), table.rowsRejected())
              + GAP
              + verdict(table));
    }
    if (shown.size() < snapshot.tables().size()) {
      lines.add(GAP + style.quiet(rest(snapshot.tables(), shown)));
    }
    Totals totals = new Totals(snapshot);
    int whole = name + (wide ? 3 + target : 0);
    lines.add(GAP + style.rule(whole + numbers + 2 + 8));
    lines.add(
        GAP
            + style.strong(style.left(Numbers.count(snapshot.tables().size(), "table"), whole))
            + figures(totals.rowsLoaded(), totals.seconds(), totals.bytes(), totals.rowsRejected())
            + GAP
            + verdict(snapshot, totals));
    return lines;
  }

  /** The largest tables and all that need a look, in the mapping's order. */
  private static List<Table> shown(List<Table> tables) {
    if (tables.size() <= MOST_TABLES) {
      return tables;
    }
    Set<Table> chosen = new HashSet<>();
    tables.stream()
        .sorted(Comparator.comparingLong(Table::rowsLoaded).reversed())
        .limit(MOST_TABLES)
        .forEach(chosen::add);
    return tables.stream()
        .filter(t -> chosen.contains(t) || t.rowsRejected() > 0 || t.differences() > 0)
        .toList();
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

  private String figures(long rows, double seconds, long bytes, long rejects) {
    String rejected = Style.right(Numbers.count(rejects), REJECTS);
    return Style.right(Numbers.count(rows), ROWS)
        + Style.right(String.format(java.util.Locale.ROOT, "%,.1f", seconds), SECONDS)
        + Style.right(seconds > 0 ? Numbers.rate(rows / seconds) : "", RATE)
        + Style.right(seconds > 0 ? Numbers.megabytes(bytes / seconds) : "", MEGABYTES)
        + (rejects > 0 ? style.warn(rejected) : rejected);
  }

  private String verdict(Table table) {
    if (!table.done()) {
      return style.warn(
          table.chunks() == 0
              ? "not loaded"
              : Numbers.count(table.chunksDone()) + "/" + Numbers.count(table.chunks(), "chunk"));
    }
    return switch (table.verified()) {
      case NOT_VERIFIED -> style.quiet("no");
      case EQUAL -> style.good("equal");
      case DIFFERENT -> style.bad(Numbers.count(table.differences()) + " differ");
    };
  }

  private String verdict(Snapshot snapshot, Totals totals) {
    long different = totals.verified(Snapshot.Verdict.DIFFERENT);
    if (different > 0) {
      return style.bad(Numbers.count(totals.differences()) + " differ");
    }
    if (snapshot.phase() == Phase.DONE
        && totals.verified(Snapshot.Verdict.EQUAL) == snapshot.tables().size()) {
      return style.good("equal");
    }
    return "";
  }

  private static int longest(List<Table> tables, boolean target) {
    return Math.max(
        10,
        tables.stream().mapToInt(t -> (target ? targets(t) : t.table()).length()).max().orElse(0));
  }

  private static String targets(Table table) {
    return String.join(" + ", table.targets());
  }
}

package dev.landfall.runners.display;

import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.ledger.Snapshot.Phase;
import dev.landfall.transforms.ledger.Snapshot.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a run did, or where it stands: one line a table, numbers right-aligned, totals below. */
public final class ResultTable {
  /** More tables than this are summed up, but for those that need a look. */
  private static final int MOST_TABLES = 20;

  private static final int LONGEST_NAME = 40;
  private static final int SHORTEST_NAME = 12;

  /** From here on there is room for the targets' names. */
  private static final int WIDE = 110;

  private static final String GAP = "  ";
  private static final String LINK = "   ";
  private static final List<String> HEADINGS =
      List.of("rows", "seconds", "rows/s", "MB/s", "rejects");

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
    Totals totals = new Totals(snapshot);
    List<List<String>> figures = new ArrayList<>();
    for (Table table : shown) {
      figures.add(
          figures(table.rowsLoaded(), Totals.seconds(table), table.bytes(), table.rowsRejected()));
    }
    figures.add(
        figures(totals.rowsLoaded(), totals.seconds(), totals.bytes(), totals.rowsRejected()));
    int[] widths = widths(figures);
    int verdict = shown.stream().mapToInt(t -> verdict(t).length()).max().orElse(0);
    int numbers = Arrays.stream(widths).map(w -> w + GAP.length()).sum();
    int room =
        terminal.columns()
            - GAP.length()
            - numbers
            - GAP.length()
            - Math.max(verdict, "verified".length());

    boolean wide = terminal.columns() >= WIDE;
    int name = longest(shown, false, wide ? room / 2 : room);
    int target = wide ? longest(shown, true, room - name - LINK.length()) : 0;
    int names = name + (wide ? LINK.length() + target : 0);

    List<String> lines = new ArrayList<>();
    lines.add(
        style.quiet(
            GAP
                + style.left("table", name)
                + (wide ? LINK + style.left("target", target) : "")
                + aligned(HEADINGS, widths)
                + GAP
                + "verified"));
    for (int i = 0; i < shown.size(); i++) {
      Table table = shown.get(i);
      String link = wide ? link() + style.left(targets(table), target) : "";
      lines.add(
          GAP
              + style.left(table.table(), name)
              + link
              + paint(table.rowsRejected(), aligned(figures.get(i), widths))
              + GAP
              + paint(table, verdict(table)));
    }
    if (shown.size() < snapshot.tables().size()) {
      lines.add(GAP + style.quiet(rest(snapshot.tables(), shown)));
    }
    lines.add(GAP + style.rule(names + numbers + GAP.length() + "verified".length()));
    lines.add(
        GAP
            + style.strong(style.left(Numbers.count(snapshot.tables().size(), "table"), names))
            + aligned(figures.get(shown.size()), widths)
            + GAP
            + verdict(snapshot, totals));
    return lines;
  }

  private static int[] widths(List<List<String>> figures) {
    int[] widths = HEADINGS.stream().mapToInt(String::length).toArray();
    for (List<String> row : figures) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return widths;
  }

  private static String aligned(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(GAP).append(Style.right(cells.get(i), widths[i]));
    }
    return line.toString();
  }

  private String link() {
    return style.quiet(terminal.unicode() ? " → " : " > ");
  }

  private String paint(long rejects, String figures) {
    return rejects > 0 ? style.warn(figures) : figures;
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

  private static List<String> figures(long rows, double seconds, long bytes, long rejects) {
    return List.of(
        Numbers.count(rows),
        String.format(Locale.ROOT, "%,.1f", seconds),
        seconds > 0 ? Numbers.rate(rows / seconds) : "",
        seconds > 0 ? Numbers.megabytes(bytes / seconds) : "",
        Numbers.count(rejects));
  }

  private static String verdict(Table table) {
    if (!table.done()) {
      return table.chunks() == 0
          ? "not loaded"
          : Numbers.count(table.chunksDone()) + "/" + Numbers.count(table.chunks(), "chunk");
    }
    return switch (table.verified()) {
      case NOT_VERIFIED -> "no";
      case EQUAL -> "equal";
      case DIFFERENT -> Numbers.count(table.differences()) + " differ";
    };
  }

  private String paint(Table table, String verdict) {
    if (!table.done()) {
      return style.warn(verdict);
    }
    return switch (table.verified()) {
      case NOT_VERIFIED -> style.quiet(verdict);
      case EQUAL -> style.good(verdict);
      case DIFFERENT -> style.bad(verdict);
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

  private static int longest(List<Table> tables, boolean target, int room) {
    int longest =
        tables.stream().mapToInt(t -> (target ? targets(t) : t.table()).length()).max().orElse(0);
    return Math.max(SHORTEST_NAME, Math.min(Math.min(LONGEST_NAME, room), longest));
  }

  private static String targets(Table table) {
    return String.join(" + ", table.targets());
  }
}

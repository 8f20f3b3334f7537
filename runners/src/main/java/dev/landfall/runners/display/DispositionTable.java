package dev.landfall.runners.display;

import dev.landfall.runners.view.Numbers;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.ledger.Snapshot.Disposition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What rules did to odd values: one line for each column and rule, with a key to look at. */
final class DispositionTable {
  /** More than this are summed up; the ledger has them all. */
  private static final int MOST = 20;

  private static final String GAP = "  ";

  private final Terminal terminal;
  private final Style style;

  DispositionTable(Terminal terminal) {
    this.terminal = terminal;
    this.style = new Style(terminal);
  }

  /** The lines, a heading first; none where no rule did anything. */
  List<String> lines(Snapshot snapshot) {
    List<Disposition> all = snapshot.dispositions();
    if (all.isEmpty()) {
      return List.of();
    }
    Set<Disposition> most = new HashSet<>();
    all.stream()
        .sorted(Comparator.comparingLong(Disposition::rows).reversed())
        .limit(MOST)
        .forEach(most::add);
    List<Disposition> shown = all.stream().filter(most::contains).toList();
    int column = "column".length();
    int rule = "rule".length();
    int rows = "rows".length();
    for (Disposition disposition : shown) {
      column = Math.max(column, width(column(disposition)));
      rule = Math.max(rule, width(rule(disposition)));
      rows = Math.max(rows, Numbers.count(disposition.rows()).length());
    }
    // A quarter of the line each is enough to know a name; what is left is for a key.
    column = Math.min(column, Math.max(20, terminal.columns() / 3));
    rule = Math.min(rule, Math.max(20, terminal.columns() / 3));
    int left = terminal.columns() - GAP.length() * 4 - column - rule - rows;
    List<String> lines = new ArrayList<>();
    lines.add(
        style.quiet(
            GAP
                + style.left("column", column)
                + GAP
                + style.left("rule", rule)
                + GAP
                + Style.right("rows", rows)
                + (left >= MIN_KEY ? GAP + "for example" : "")));
    for (Disposition disposition : shown) {
      String example =
          left < MIN_KEY || disposition.sampleKeys().isEmpty()
              ? ""
              : GAP + style.quiet(style.fit(disposition.sampleKeys().get(0), left));
      lines.add(
          GAP
              + style.left(column(disposition), column)
              + GAP
              + style.left(rule(disposition), rule)
              + GAP
              + Style.right(Numbers.count(disposition.rows()), rows)
              + example);
    }
    if (shown.size() < all.size()) {
      lines.add(
          GAP
              + style.quiet(
                  style.ellipsis()
                      + " "
                      + Numbers.count(all.size() - shown.size(), "more rule")
                      + " with fewer rows, see landfall.disposition in the target"));
    }
    return lines;
  }

  private static final int MIN_KEY = 12;

  private static String column(Disposition disposition) {
    return Style.printable(disposition.table() + "." + disposition.column());
  }

  private String rule(Disposition disposition) {
    String rule = Style.printable(disposition.rule());
    return terminal.unicode() ? rule : rule.replace("→", "->");
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}

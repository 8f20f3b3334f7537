package dev.landfall.runners.display;

import java.util.List;

/**
 * A table that is no wider than its terminal: texts are cut, then columns are left out, those first
 * that say nothing but zero. A number is never cut, since it would be another number, and nothing
 * is in a file.
 */
final class Grid {
  /** Texts stay as long as this while a column can go in their place. */
  private static final int SHORT_TEXT = 18;

  /** From a text shorter than this nobody knows a name. */
  private static final int SHORTEST_TEXT = 6;

  private static final int LONGEST_TEXT = 40;

  /** Between columns, and before the first. */
  static final String GAP = "  ";

  /**
   * A column.
   *
   * @param number whether it is aligned at its right
   * @param whole whether it is never cut
   * @param leave columns with a higher number are left out before others; one with 0 stays
   */
  record Column(String heading, boolean number, boolean whole, int leave) {
    static Column text(String heading) {
      return new Column(heading, false, false, 0);
    }

    /** A text that is as good as a number, such as a time. */
    static Column whole(String heading) {
      return new Column(heading, false, true, 0);
    }

    static Column number(String heading, int leave) {
      return new Column(heading, true, true, leave);
    }

    /** A text that may be left out. */
    static Column text(String heading, int leave) {
      return new Column(heading, false, false, leave);
    }
  }

  private final Style style;
  private final List<Column> columns;
  private final int[] natural;
  private final int[] widths;

  /** Columns as wide as these rows need them, and all of them no wider than {@code room}. */
  Grid(Style style, List<Column> columns, List<List<String>> rows, int room) {
    this.style = style;
    this.columns = List.copyOf(columns);
    this.natural = new int[columns.size()];
    boolean[] nothing = new boolean[columns.size()];
    for (int i = 0; i < natural.length; i++) {
      int column = i;
      natural[i] = columns.get(i).heading().length();
      for (List<String> row : rows) {
        natural[i] = Math.max(natural[i], length(row.get(i)));
      }
      if (!columns.get(i).whole() && room < Terminal.UNLIMITED) {
        natural[i] = Math.min(LONGEST_TEXT, natural[i]);
      }
      nothing[i] = rows.stream().allMatch(r -> r.get(column).matches("0?"));
    }
    widths = natural.clone();
    shrink(room, SHORT_TEXT);
    while (width() > room) {
      int last = -1;
      for (int i = 0; i < widths.length; i++) {
        int leave = columns.get(i).leave();
        if (widths[i] > 0
            && leave > 0
            && (last < 0
                || rank(leave, nothing[i]) > rank(columns.get(last).leave(), nothing[last]))) {
          last = i;
        }
      }
      if (last < 0) {
        break;
      }
      for (int i = 0; i < widths.length; i++) {
        widths[i] = i == last || widths[i] == 0 ? 0 : natural[i];
      }
      shrink(room, SHORT_TEXT);
    }
    shrink(room, SHORTEST_TEXT);
  }

  private static int rank(int leave, boolean nothing) {
    return leave + (nothing ? 1_000 : 0);
  }

  /** Cuts the longest text as long as that helps. */
  private void shrink(int room, int least) {
    while (width() > room) {
      int longest = -1;
      for (int i = 0; i < widths.length; i++) {
        if (!columns.get(i).whole()
            && widths[i] > least
            && (longest < 0 || widths[i] > widths[longest])) {
          longest = i;
        }
      }
      if (longest < 0) {
        return;
      }
      widths[longest]--;
    }
  }

  /** How wide the table is. */
  int width() {
    int width = 0;
    for (int one : widths) {
      width += one == 0 ? 0 : GAP.length() + one;
    }
    return width;
  }

  /** Whether a column is there. */
  boolean has(int column) {
    return widths[column] > 0;
  }

  /** The line of headings. */
  String headings() {
    return style.quiet(row(columns.stream().map(Column::heading).toList()));
  }

  /** A line of the table. */
  String row(List<String> cells) {
    return row(cells, (column, cell) -> cell);
  }

  /** How cells are painted: once they have their width, so that colours do not count. */
  @FunctionalInterface
  interface Paint {
    String paint(int column, String cell);
  }

  /** A line of the table, painted. */
  String row(List<String> cells, Paint paint) {
    StringBuilder line = new StringBuilder();
    // What is blank at the end of a line is not printed.
    StringBuilder blanks = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      if (!has(i)) {
        continue;
      }
      boolean number = columns.get(i).number();
      String cell = columns.get(i).whole() ? cells.get(i) : style.fit(cells.get(i), widths[i]);
      String rest = " ".repeat(Math.max(0, widths[i] - length(cell)));
      blanks.append(GAP).append(number ? rest : "");
      if (!cell.isEmpty()) {
        line.append(blanks).append(paint.paint(i, cell));
        blanks.setLength(0);
      }
      blanks.append(number ? "" : rest);
    }
    return line.toString();
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}

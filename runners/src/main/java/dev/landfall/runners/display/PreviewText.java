package dev.landfall.runners.display;

import dev.landfall.pipelines.mapping.Preview;
import dev.landfall.pipelines.mapping.Preview.Cell;
import dev.landfall.pipelines.mapping.Preview.Fate;
import dev.landfall.pipelines.mapping.Preview.Made;
import dev.landfall.pipelines.mapping.Preview.Row;
import dev.landfall.runners.view.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows before and after as text: a block for each, and a line for each of its columns. */
public final class PreviewText {
  private static final int LONGEST_NAME = 20;

  /** From less nobody knows a value. */
  private static final int SHORTEST_VALUE = 8;

  private static final String INDENT = "  ";

  private final Terminal terminal;
  private final Style style;
  private final String arrow;

  /** A text for that terminal. */
  public PreviewText(Terminal terminal) {
    this.terminal = terminal;
    this.style = new Style(terminal);
    this.arrow = terminal.unicode() ? "→" : "->";
  }

  /** The text's lines. */
  public List<String> lines(Preview preview) {
    List<String> lines = new ArrayList<>();
    for (Preview.Source table : preview.tables()) {
      for (Row row : table.rows()) {
        row(table, row, lines);
        lines.add("");
      }
      lines.add(sum(table));
    }
    return lines;
  }

  private void row(Preview.Source table, Row row, List<String> lines) {
    lines.add(
        style.strong(Style.printable(table.source().toString())) + INDENT + style.key(row.key()));
    if (row.fate() != Fate.MOVES) {
      String reason =
          (row.fate() == Fate.REJECTED ? "rejected: " : "does not move: ") + row.reason();
      for (String line :
          ObjectsText.wrapped(Style.printable(reason), terminal.columns() - INDENT.length())) {
        lines.add(INDENT + (row.fate() == Fate.REJECTED ? style.bad(line) : style.warn(line)));
      }
    }
    for (Made made : row.targets()) {
      lines.add(INDENT + arrow + " " + style.strong(Style.printable(made.target().toString())));
      int width =
          Math.min(
              LONGEST_NAME,
              made.columns().stream().mapToInt(c -> length(c.column())).max().orElse(0));
      made.columns().forEach(cell -> cell(cell, width, lines));
    }
  }

  private void cell(Cell cell, int width, List<String> lines) {
    String start = INDENT.repeat(2) + style.left(cell.column(), Math.max(width, 1)) + INDENT;
    int parts = cell.changed() ? cell.before().size() + 1 : 1;
    // Of each a quote on both sides and what stands between two.
    int room = Math.max(SHORTEST_VALUE, (terminal.columns() - length(start)) / parts - 5);
    String after = shown(cell.after(), room);
    String values =
        cell.changed()
            ? cell.before().values().stream()
                    .map(value -> shown(value, room))
                    .collect(Collectors.joining(" + ", "", cell.before().isEmpty() ? "" : " "))
                + arrow
                + " "
                + after
            : after;
    String why = why(cell);
    String note = why.isEmpty() ? "" : "(" + why + ")";
    boolean fits = length(start) + length(values) + 2 + length(note) <= terminal.columns();
    lines.add(
        start
            + (cell.changed() ? style.warn(values) : values)
            + (fits && !note.isEmpty() ? INDENT + style.quiet(note) : ""));
    if (!fits) {
      for (String line : ObjectsText.wrapped(note, terminal.columns() - length(start) - 2)) {
        lines.add(" ".repeat(length(start) + 2) + style.quiet(line));
      }
    }
  }

  /** What was done, where something was: a rule for odd values is told only where it did. */
  private static String why(Cell cell) {
    List<String> parts = new ArrayList<>();
    if (!cell.asItIs()) {
      parts.add(cell.rule());
    }
    parts.addAll(cell.odd());
    return Style.printable(String.join("; ", parts));
  }

  /** As it is, unless it would not be seen where it begins and ends. */
  private String shown(@Nullable String value, int room) {
    if (value == null) {
      return "NULL";
    }
    boolean plain = !value.isEmpty() && value.equals(value.strip()) && !value.equals("NULL");
    String fitted = style.fit(value, Math.min(room, Style.LONGEST_VALUE));
    return plain ? fitted : "'" + fitted + "'";
  }

  private String sum(Preview.Source table) {
    Map<Fate, Long> fates =
        table.rows().stream().collect(Collectors.groupingBy(Row::fate, Collectors.counting()));
    long moves = fates.getOrDefault(Fate.MOVES, 0L);
    return Numbers.count(table.rows().size(), "row")
        + " of "
        + Style.printable(table.source().toString())
        + ": "
        + Numbers.count(moves)
        + (moves == 1 ? " moves, " : " move, ")
        + Numbers.count(fates.getOrDefault(Fate.FILTERED, 0L))
        + " filtered, "
        + Numbers.count(fates.getOrDefault(Fate.REJECTED, 0L))
        + " rejected";
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}

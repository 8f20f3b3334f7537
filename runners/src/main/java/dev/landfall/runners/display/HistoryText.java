package dev.landfall.runners.display;

import dev.landfall.runners.display.Grid.Column;
import dev.landfall.runners.view.Numbers;
import dev.landfall.runners.view.Runs;
import dev.landfall.transforms.ledger.HistoryEntry;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The history as a table: one line a run, newest first. */
public final class HistoryText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Style style;
  private final int columns;

  /** A text for that terminal. */
  public HistoryText(Terminal terminal) {
    this.style = new Style(terminal);
    this.columns = terminal.columns();
  }

  /** The text's lines. */
  public List<String> lines(String migration, List<HistoryEntry> entries) {
    if (entries.isEmpty()) {
      return List.of("Migration " + Style.printable(migration) + " has had no run yet.");
    }
    List<List<String>> rows = entries.stream().map(HistoryText::row).toList();
    Grid grid = new Grid(style, COLUMNS, rows, columns);
    List<String> lines = new ArrayList<>();
    lines.add(grid.headings());
    for (int i = 0; i < rows.size(); i++) {
      HistoryEntry entry = entries.get(i);
      lines.add(
          grid.row(rows.get(i), (column, cell) -> column == OUTCOME ? paint(entry, cell) : cell));
      if (entry.message() != null) {
        lines.add("    " + style.fit(entry.message().lines().findFirst().orElse(""), columns - 4));
      }
    }
    return lines;
  }

  private static final List<Column> COLUMNS =
      List.of(
          Column.whole("started (UTC)"),
          Column.number("took", 2),
          Column.text("command"),
          Column.text("of", 4),
          Column.number("rows", 5),
          Column.number("diff", 1),
          Column.number("new", 3),
          Column.number("settled", 6),
          Column.text("outcome"));

  private static final int OUTCOME = 8;

  private static List<String> row(HistoryEntry entry) {
    return List.of(
        TIME.format(entry.started()),
        took(entry),
        entry.command(),
        of(entry),
        number(entry.rowsCompared()),
        number(entry.differences()),
        number(entry.newDifferences()),
        number(entry.settledDifferences()),
        outcome(entry));
  }

  private static String took(HistoryEntry entry) {
    return entry.ended() == null
        ? ""
        : Numbers.duration(Duration.between(entry.started(), entry.ended()).toMillis() / 1000.0);
  }

  /** What was looked at. */
  private static String of(HistoryEntry entry) {
    String level = entry.level();
    if (level == null) {
      return "";
    }
    return switch (level) {
      case "COUNT", "SAMPLE" -> level.toLowerCase(Locale.ROOT);
      default -> entry.slice() == null ? "all" : entry.slice();
    };
  }

  private static String number(@Nullable Long number) {
    return number == null ? "" : Numbers.count(number);
  }

  private static String outcome(HistoryEntry entry) {
    String outcome = entry.outcome();
    Long differences = entry.differences();
    if ("DONE".equals(outcome)) {
      return (differences == null ? "done" : differences == 0 ? "equal" : "differ")
          + (untold(entry) ? ", alarm not told" : "");
    }
    return Runs.end(outcome);
  }

  private String paint(HistoryEntry entry, String outcome) {
    Long differences = entry.differences();
    if (entry.outcome() == null || untold(entry)) {
      return style.warn(outcome);
    }
    boolean good = "DONE".equals(entry.outcome()) && (differences == null || differences == 0);
    return good ? style.good(outcome) : style.bad(outcome);
  }

  private static boolean untold(HistoryEntry entry) {
    return "DONE".equals(entry.outcome())
        && entry.differences() != null
        && ("FAILED".equals(entry.alarm()) || "PENDING".equals(entry.alarm()));
  }
}

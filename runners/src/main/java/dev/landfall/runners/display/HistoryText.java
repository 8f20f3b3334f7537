package dev.landfall.runners.display;

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
    List<String> lines = new ArrayList<>();
    lines.add(
        style.quiet(
            line(
                "started (UTC)",
                "took",
                "command",
                "of",
                "rows",
                "diff",
                "new",
                "settled",
                "outcome")));
    for (HistoryEntry entry : entries) {
      lines.add(
          line(
              TIME.format(entry.started()),
              took(entry),
              entry.command(),
              of(entry),
              number(entry.rowsCompared()),
              number(entry.differences()),
              number(entry.newDifferences()),
              number(entry.settledDifferences()),
              outcome(entry)));
      if (entry.message() != null) {
        lines.add("  " + style.fit(entry.message().lines().findFirst().orElse(""), columns - 2));
      }
    }
    return lines;
  }

  private String line(
      String started,
      String took,
      String command,
      String of,
      String rows,
      String differences,
      String news,
      String settled,
      String outcome) {
    return style.left(started, 19)
        + Style.right(took, 9)
        + "  "
        + style.left(command, 8)
        + " "
        + style.left(of, 6)
        + Style.right(rows, 14)
        + Style.right(differences, 7)
        + Style.right(news, 6)
        + Style.right(settled, 8)
        + "  "
        + outcome;
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

  private String outcome(HistoryEntry entry) {
    String outcome = entry.outcome();
    if (outcome == null) {
      return style.warn("not ended");
    }
    Long differences = entry.differences();
    if (outcome.equals("DONE")) {
      String alarm = "FAILED".equals(entry.alarm()) ? style.warn(", alarm not told") : "";
      if (differences == null) {
        return style.good("done");
      }
      return (differences == 0 ? style.good("equal") : style.bad("differ")) + alarm;
    }
    return style.bad(outcome.toLowerCase(Locale.ROOT));
  }
}

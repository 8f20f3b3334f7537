package dev.landfall.runners.display;

import dev.landfall.pipelines.Difference;
import dev.landfall.pipelines.TableResult;
import dev.landfall.pipelines.VerificationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A verification's report as text: the verdict first, then what differs, then what to do. */
public final class VerifyText {
  private static final int MOST_DIFFERENCES = 20;
  private static final int MOST_TABLES = 20;

  /** A key's value longer than this is cut; the document of {@code --json} has it whole. */
  private static final int LONGEST_VALUE = 40;

  private final Style style;

  /** A text for that terminal. */
  public VerifyText(Terminal terminal) {
    this.style = new Style(terminal);
  }

  /**
   * The text's lines.
   *
   * @param command the command line that compares again
   * @param repair the command line that shows what a repair would do
   */
  public List<String> lines(VerificationReport report, String command, String repair) {
    List<String> lines = new ArrayList<>();
    long source = report.tables().stream().mapToLong(TableResult::sourceRows).sum();
    long target = report.tables().stream().mapToLong(TableResult::targetRows).sum();
    if (report.equal()) {
      lines.add(
          style.good("Both sides are equal.")
              + " "
              + Numbers.count(source, "row")
              + " in "
              + Numbers.count(report.tables().size(), "table")
              + " compared"
              + (source == target ? "." : ", " + Numbers.count(target) + " on the target."));
      return lines;
    }
    List<TableResult> different =
        report.tables().stream().filter(t -> t.differences() > 0).toList();
    lines.add(
        style.bad("The sides differ.")
            + " "
            + Numbers.count(
                different.stream().mapToLong(TableResult::differences).sum(), "difference")
            + " in "
            + Numbers.count(different.size())
            + " of "
            + Numbers.count(report.tables().size(), "table")
            + "; "
            + Numbers.count(source, "source row")
            + ", "
            + Numbers.count(target, "target row")
            + ".");
    lines.add("");
    lines.addAll(counts(different));
    lines.add("");
    lines.addAll(differences(report, different));
    lines.add("");
    lines.add("What now: look at these keys on both sides. If the source has changed since the");
    lines.add("load, that is why. To see what it takes to make the target agree, and to do it:");
    lines.add("  " + style.strong(repair));
    lines.add("  " + style.strong(repair + " --execute"));
    lines.add("Once they are put right, compare again with");
    lines.add("  " + style.strong(command));
    return lines;
  }

  private List<String> counts(List<TableResult> different) {
    int name =
        different.stream()
            .limit(MOST_TABLES)
            .mapToInt(t -> Math.min(40, t.table().length()))
            .max()
            .orElse(0);
    name = Math.max(name, 5);
    List<String> lines = new ArrayList<>();
    lines.add(
        style.quiet(
            "  "
                + style.left("table", name)
                + Style.right("source", 14)
                + Style.right("target", 14)
                + Style.right("changed", 10)
                + Style.right("missing", 10)
                + Style.right("extra", 10)));
    for (TableResult table : different.stream().limit(MOST_TABLES).toList()) {
      lines.add(
          "  "
              + style.left(table.table(), name)
              + Style.right(Numbers.count(table.sourceRows()), 14)
              + Style.right(Numbers.count(table.targetRows()), 14)
              + Style.right(Numbers.count(table.changed()), 10)
              + Style.right(Numbers.count(table.missing()), 10)
              + Style.right(Numbers.count(table.extra()), 10));
    }
    if (different.size() > MOST_TABLES) {
      lines.add(
          "  " + style.quiet("and " + Numbers.count(different.size() - MOST_TABLES, "more table")));
    }
    return lines;
  }

  private List<String> differences(VerificationReport report, List<TableResult> different) {
    List<String> lines = new ArrayList<>();
    List<Difference> shown = report.differences().stream().limit(MOST_DIFFERENCES).toList();
    for (Difference difference : shown) {
      lines.add(
          "  "
              + style.left(difference.kind().word(), 8)
              + Style.printable(difference.table())
              + "  "
              + key(difference)
              + (difference.columns().isEmpty()
                  ? ""
                  : "  in " + Style.printable(String.join(", ", difference.columns()))));
    }
    long all = different.stream().mapToLong(TableResult::differences).sum();
    if (all > shown.size()) {
      lines.add(
          "  "
              + style.quiet(
                  "and "
                      + Numbers.count(all - shown.size(), "more difference")
                      + "; --json lists all that were recorded"));
    }
    return lines;
  }

  private String key(Difference difference) {
    return difference.key().entrySet().stream()
        .map(
            e ->
                Style.printable(e.getKey())
                    + " = "
                    + (e.getValue() == null ? "NULL" : style.fit(e.getValue(), LONGEST_VALUE)))
        .collect(Collectors.joining(", "));
  }
}

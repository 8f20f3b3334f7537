package dev.landfall.runners.display;

import dev.landfall.runners.view.Numbers;
import dev.landfall.runners.view.RejectedRows;
import dev.landfall.transforms.ledger.RejectList;
import java.util.ArrayList;
import java.util.List;

/** Rows that could not be loaded as text: their numbers, and three lines for each. */
public final class RejectsText {
  private final Style style;

  /** A text for that terminal. */
  public RejectsText(Terminal terminal) {
    this.style = new Style(terminal);
  }

  /**
   * The text's lines.
   *
   * @param all whether mended ones are shown as well
   */
  public List<String> lines(String migration, RejectList rejects, boolean all) {
    List<String> lines = new ArrayList<>();
    lines.add(style.tell(RejectedRows.of(migration, rejects.standing(), rejects.mended())));
    for (RejectList.Row row : rejects.rows()) {
      lines.add("");
      lines.add(
          style.strong(Style.printable(row.table()))
              + "  "
              + style.key(row.key())
              + (row.mended() == null
                  ? ""
                  : style.good("  mended, as run " + row.mendedBy() + " found")));
      lines.add("  " + Style.printable(row.reason()));
      lines.add(
          "  "
              + style.quiet(
                  (row.column() == null ? "the row" : Style.printable(row.column()))
                      + ": "
                      + (row.value() == null ? "NULL" : style.fit(row.value(), 200))));
    }
    long more = rejects.standing() + (all ? rejects.mended() : 0) - rejects.rows().size();
    if (more > 0) {
      lines.add("");
      lines.add(style.quiet("and " + Numbers.count(more, "more row") + "; -n N lists more"));
    }
    return lines;
  }
}

package dev.landfall.runners.display;

import dev.landfall.pipelines.mapping.MappingCheck;
import dev.landfall.pipelines.mapping.MappingCheck.Item;
import dev.landfall.pipelines.mapping.MappingCheck.Severity;
import dev.landfall.runners.view.Numbers;
import java.util.ArrayList;
import java.util.List;

/** What was found about a mapping as text: a block for each finding, and how many there are. */
public final class MappingCheckText {
  private final Terminal terminal;
  private final Style style;

  /** A text for that terminal. */
  public MappingCheckText(Terminal terminal) {
    this.terminal = terminal;
    this.style = new Style(terminal);
  }

  /** The text's lines. */
  public List<String> lines(MappingCheck check) {
    List<String> lines = new ArrayList<>();
    for (Item item : check.findings()) {
      boolean error = item.severity() == Severity.ERROR;
      lines.add(
          (error ? style.bad("error") : style.warn("warning"))
              + "  "
              + style.strong(Style.printable(item.table() + "." + item.object()))
              + (item.place() == null ? "" : "  " + style.quiet(Style.printable(item.place()))));
      wrap(item.what(), lines);
      wrap("To put it right: " + item.remedy(), lines);
      lines.add("");
    }
    lines.add(
        check.findings().isEmpty()
            ? style.good("Nothing was found.")
            : Numbers.count(check.count(Severity.ERROR), "error")
                + ", "
                + Numbers.count(check.count(Severity.WARNING), "warning"));
    return lines;
  }

  private void wrap(String text, List<String> lines) {
    ObjectsText.wrapped(Style.printable(text), terminal.columns() - 2)
        .forEach(line -> lines.add("  " + line));
  }
}

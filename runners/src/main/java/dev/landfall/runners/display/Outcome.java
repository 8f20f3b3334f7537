package dev.landfall.runners.display;

import dev.landfall.runners.view.BrokenPromise;
import dev.landfall.runners.view.Closeness;
import dev.landfall.runners.view.FilteredRows;
import dev.landfall.runners.view.LastComparison;
import dev.landfall.runners.view.Numbers;
import dev.landfall.runners.view.RejectedRows;
import dev.landfall.runners.view.WhatNow;
import dev.landfall.transforms.ledger.Snapshot;
import java.util.ArrayList;
import java.util.List;

/** The last words of a run that ended well: the table of results and one sentence. */
public final class Outcome {
  private final Terminal terminal;
  private final Style style;

  /** For that terminal. */
  public Outcome(Terminal terminal) {
    this.terminal = terminal;
    this.style = new Style(terminal);
  }

  /** The line that says what a resumed run finds, or an empty text when there is nothing. */
  public static String resuming(Snapshot before) {
    long chunks = before.tables().stream().mapToLong(Snapshot.Table::chunks).sum();
    long done = before.tables().stream().mapToLong(Snapshot.Table::chunksDone).sum();
    if (done == chunks && chunks > 0) {
      return "all "
          + Numbers.count(new Totals(before).rowsRead(), "row")
          + " are committed already; nothing is loaded again";
    }
    return done == 0
        ? ""
        : "resuming: "
            + Numbers.count(done)
            + " of "
            + Numbers.count(chunks, "chunk")
            + " with "
            + Numbers.count(new Totals(before).rowsRead(), "row")
            + " are committed already and stay";
  }

  /**
   * The lines.
   *
   * @param before how the run found the migration
   * @param after how it left it
   * @param seconds how long it took
   * @param verifyCommand the command line that compares both sides
   */
  public List<String> lines(Snapshot before, Snapshot after, double seconds, String verifyCommand) {
    Totals totals = new Totals(after);
    long loaded = totals.rowsLoaded() - new Totals(before).rowsLoaded();
    List<String> lines = new ArrayList<>(new ResultTable(terminal).lines(after));
    List<String> rules = new DispositionTable(terminal).lines(after);
    if (!rules.isEmpty()) {
      lines.add("");
      lines.addAll(rules);
    }
    lines.add("");
    String sentence =
        Numbers.count(loaded, "row")
            + (loaded == totals.rowsLoaded()
                ? " moved in "
                : " of " + Numbers.count(totals.rowsLoaded()) + " moved by this run in ")
            + (seconds < 60
                ? String.format(java.util.Locale.ROOT, "%.1f s", seconds)
                : Numbers.duration(seconds))
            + (loaded > 0 ? ", " + Numbers.rate(loaded / seconds) + " rows/s" : "");
    long equal = totals.verified(Snapshot.Verdict.EQUAL);
    boolean compared = after.newest().compared();
    if (compared && equal == after.tables().size() && after.broken().isEmpty()) {
      lines.add(
          style.good(style.done() + " " + Closeness.EVERY_ROW.equal()) + " " + sentence + ".");
    } else {
      lines.add(style.strong("Done.") + " " + sentence + ".");
    }
    if (totals.rowsFiltered() > 0) {
      lines.add(FilteredRows.sentence(totals.rowsFiltered()));
    }
    if (totals.rowsRejected() > 0) {
      lines.add(style.tell(RejectedRows.listed(totals.rowsRejected())));
    }
    for (String warning : after.warnings()) {
      lines.add(style.warn("Not as in the source: ") + warning + ".");
    }
    for (String broken : after.broken()) {
      lines.add(style.tell(BrokenPromise.of(after, broken)));
    }
    if (!compared) {
      WhatNow compare = WhatNow.compare(verifyCommand);
      lines.add(
          style.strong("This run compared nothing.")
              + " "
              + LastComparison.sentence(after)
              + " "
              + compare.text());
      lines.add("  " + style.strong(verifyCommand));
    } else if (totals.verified(Snapshot.Verdict.DIFFERENT) > 0) {
      lines.add(
          style.bad("The sides differ in " + Numbers.count(totals.differences(), "key") + ".")
              + " To see which:");
      lines.add("  " + style.strong(verifyCommand));
    }
    return lines;
  }
}

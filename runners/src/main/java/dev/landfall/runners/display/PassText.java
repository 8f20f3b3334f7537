package dev.landfall.runners.display;

import dev.landfall.pipelines.api.Reconciliation;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.runners.view.Numbers;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a verification's text says beside its own findings: the slice, the pass, what is new. */
final class PassText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final int MOST_TABLES = 8;

  private final Style style;

  PassText(Style style) {
    this.style = style;
  }

  /** The text's lines; none for a comparison of everything that found nothing. */
  List<String> lines(VerificationReport report) {
    List<String> lines = new ArrayList<>();
    Reconciliation seen = report.reconciliation();
    if (seen == null) {
      return lines;
    }
    if (!report.equal()) {
      lines.add(
          seen.newDifferences() == 0
              ? "None of the differences is new."
              : style.bad(Numbers.count(seen.newDifferences(), "new difference")) + ".");
    }
    Reconciliation.Pass pass = seen.pass();
    if (pass == null) {
      return lines;
    }
    lines.add("This run looked at a slice of " + pass.slice() + ":");
    for (Reconciliation.Range range : pass.ranges().stream().limit(MOST_TABLES).toList()) {
      lines.add("  " + Style.printable(range.table()) + "  " + words(range));
    }
    lines.addAll(style.more(pass.ranges().size() - MOST_TABLES, "table", ""));
    int others = pass.notCompared().size();
    if (others > 0) {
      lines.add(
          style.warn("Not compared by this run: ")
              + Style.printable(
                  String.join(", ", pass.notCompared().stream().limit(MOST_TABLES).toList()))
              + (others > MOST_TABLES
                  ? " and " + Numbers.count(others - MOST_TABLES, "more table")
                  : "")
              + ".");
    }
    lines.add(
        pass.finished()
            ? style.good("The pass is finished")
                + ": since "
                + TIME.format(pass.began())
                + " everything was compared."
            : String.format(
                Locale.ROOT,
                "The pass that began at %s has come through about %d %%.",
                TIME.format(pass.began()),
                Math.round(pass.share() * 100)));
    return lines;
  }

  private static String words(Reconciliation.Range range) {
    if (range.whole()) {
      return "whole";
    }
    String key = String.join(", ", range.key());
    return Style.printable(
        key
            + (range.start() == null ? "" : " from " + String.join(", ", range.start()))
            + (range.end() == null ? " to the end" : " below " + String.join(", ", range.end())));
  }
}

package dev.landfall.runners.demo;

import dev.landfall.runners.view.Numbers;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.ledger.Snapshot.Table;
import dev.landfall.transforms.ledger.Snapshot.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The demo's last screen.
 *
 * @param source the source server's name
 * @param spec the spec's path
 * @param program what the person typed to start this
 */
record DemoText(String source, String spec, String program) {
  /** What was moved, how fast, that both sides are equal, and what to try next. */
  List<String> lastScreen(Snapshot end, Optional<Snapshot> killed) {
    long rows = end.tables().stream().mapToLong(Table::rowsLoaded).sum();
    double seconds = seconds(end);
    boolean equal =
        !end.tables().isEmpty()
            && end.tables().stream().allMatch(t -> t.verified() == Verdict.EQUAL);
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d rows in %d table%s moved from %s to PostgreSQL in %.1f s, %s rows/s.",
            rows,
            end.tables().size(),
            end.tables().size() == 1 ? "" : "s",
            source,
            seconds,
            Numbers.rate(seconds > 0 ? rows / seconds : 0)));
    killed.ifPresent(
        k ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "That includes a kill -9: %,d chunks were kept, %,d were loaded afterwards.",
                    chunksDone(k),
                    chunks(end) - chunksDone(k))));
    lines.add(equal ? "Both sides are equal: every row was compared." : "The sides differ.");
    lines.add("");
    lines.add("Both servers still run. Change a value by hand, and have it found:");
    lines.add("  " + program + " demo --sql \"update users set country = 'XX' where id = 31337\"");
    lines.add("  " + program + " verify -c " + spec);
    lines.add("Look around:");
    lines.add("  " + program + " status -c " + spec);
    lines.add("  " + program + " schema -c " + spec);
    lines.add("When you are done:");
    lines.add("  " + program + " demo --stop");
    return lines;
  }

  static long chunks(Snapshot snapshot) {
    return snapshot.tables().stream().mapToLong(Table::chunks).sum();
  }

  static long chunksDone(Snapshot snapshot) {
    return snapshot.tables().stream().mapToLong(Table::chunksDone).sum();
  }

  /** How many of the planned chunks are committed, 0 to 1. */
  static double fraction(Snapshot snapshot) {
    long chunks = chunks(snapshot);
    return chunks == 0 ? 0 : (double) chunksDone(snapshot) / chunks;
  }

  private static double seconds(Snapshot snapshot) {
    return Snapshot.Work.seconds(snapshot.tables().stream().flatMap(t -> t.work().stream()));
  }
}

package dev.landfall.runners.display;

import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.ledger.Snapshot.Compared;
import dev.landfall.transforms.ledger.Snapshot.Table;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What was last found of both sides, and when: a verdict of the past is told as one. */
final class LastComparison {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private LastComparison() {}

  /** One sentence. */
  static String sentence(Snapshot snapshot) {
    List<Table> tables = snapshot.tables().stream().filter(t -> t.compared() != null).toList();
    List<Compared> found = tables.stream().map(Table::compared).toList();
    if (found.isEmpty()) {
      return "The two sides were never compared.";
    }
    List<String> parts = new ArrayList<>();
    add(parts, found.stream().filter(c -> c.differences() == 0 && c.whole()).count(), "equal");
    add(
        parts,
        found.stream().filter(c -> c.differences() == 0 && !c.whole()).count(),
        "without a difference in what was looked at");
    long different = found.stream().filter(c -> c.differences() > 0).count();
    if (different > 0) {
      parts.add(
          Numbers.count(different)
              + " with "
              + Numbers.count(found.stream().mapToLong(Compared::differences).sum(), "difference"));
    }
    add(parts, snapshot.tables().size() - found.size(), "not compared");
    long since = tables.stream().filter(Table::loadedSince).count();
    return "Last compared on "
        + MOMENT.format(
            found.stream().map(Compared::at).max(Comparator.naturalOrder()).orElseThrow())
        + " ("
        + closely(found)
        + "): of "
        + Numbers.count(snapshot.tables().size(), "table")
        + " "
        + String.join(", ", parts)
        + (since == 0 ? "" : "; rows were loaded into " + Numbers.count(since) + " of them since")
        + ".";
  }

  private static void add(List<String> parts, long tables, String what) {
    if (tables > 0) {
      parts.add(Numbers.count(tables) + " " + what);
    }
  }

  /** By the least close look: it is all that is known of some table. */
  private static String closely(List<Compared> found) {
    if (found.stream().anyMatch(c -> c.level().equals("COUNT"))) {
      return found.stream().allMatch(c -> c.level().equals("COUNT"))
          ? "numbers of rows only"
          : "some tables by their numbers of rows only";
    }
    if (found.stream().anyMatch(c -> c.level().equals("SAMPLE"))) {
      return found.stream().allMatch(c -> c.level().equals("SAMPLE"))
          ? "a sample of rows"
          : "some tables by a sample of rows";
    }
    return "every row";
  }
}

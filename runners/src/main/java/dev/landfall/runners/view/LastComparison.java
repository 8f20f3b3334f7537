package dev.landfall.runners.view;

import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.ledger.Snapshot.Compared;
import dev.landfall.transforms.ledger.Snapshot.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What was last found of both sides, and when: a verdict of the past is told as one. */
public final class LastComparison {
  /** What is said where nobody looked. */
  static final String NEVER = "The two sides were never compared.";

  private LastComparison() {}

  /** One sentence. */
  public static String sentence(Snapshot snapshot) {
    List<Table> tables = snapshot.tables().stream().filter(t -> t.compared() != null).toList();
    List<Compared> found = tables.stream().map(Table::compared).toList();
    if (found.isEmpty()) {
      return NEVER;
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
        + Numbers.moment(
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
    List<Closeness> looks = found.stream().map(c -> Closeness.of(c.level())).distinct().toList();
    Closeness least = Closeness.least(looks);
    return looks.size() == 1
        ? least.looked()
        : "some tables by " + (least == Closeness.COUNT ? "their " : "") + least.looked();
  }
}

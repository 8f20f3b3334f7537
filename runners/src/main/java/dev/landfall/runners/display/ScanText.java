package dev.landfall.runners.display;

import dev.landfall.runners.view.Numbers;
import dev.landfall.transforms.catalog.OddCount;
import dev.landfall.transforms.model.OddValue;
import dev.landfall.transforms.model.Policy.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The odd values of a source and what a move would do about them, as comments of SQL: a table, in
 * which a rule is written as in a spec, and a sum.
 */
public final class ScanText {
  private static final int LONGEST_NAME = 48;

  private ScanText() {}

  /** The lines. */
  public static List<String> lines(List<OddCount> counts) {
    List<String> lines = new ArrayList<>();
    lines.add(ObjectsText.comment("Odd values in the source"));
    lines.add("");
    if (!counts.isEmpty()) {
      lines.addAll(table(counts));
      lines.add("");
    }
    lines.add(ObjectsText.comment(sum(counts)));
    return lines;
  }

  /** A column's values of one kind, which several policies may meet. */
  private record Values(String column, OddValue odd) {}

  /** How many there are, in how many columns, and how many of their rows would be rejects. */
  public static String sum(List<OddCount> counts) {
    if (counts.isEmpty()) {
      return "nothing odd was found";
    }
    Map<Values, Long> all = new LinkedHashMap<>();
    Map<Values, Long> refused = new LinkedHashMap<>();
    for (OddCount count : counts) {
      Values values = new Values(name(count), count.odd());
      all.put(values, count.rows());
      if (count.policy().outcome() == Outcome.REFUSE) {
        refused.put(values, count.rows());
      }
    }
    long columns = all.keySet().stream().map(Values::column).distinct().count();
    // A row may have several of them.
    return Numbers.count(sum(all.values()), "odd value")
        + " in "
        + Numbers.count(columns, "column")
        + "; "
        + (refused.isEmpty()
            ? "no row would be refused for one"
            : "at most " + Numbers.count(sum(refused.values()), "row") + " would be refused");
  }

  private static long sum(Collection<Long> numbers) {
    return numbers.stream().mapToLong(Long::longValue).sum();
  }

  private static List<String> table(List<OddCount> counts) {
    int name =
        ObjectsText.width(counts.stream().map(ScanText::name).toList(), "column", LONGEST_NAME);
    int odd =
        ObjectsText.width(
            counts.stream().map(c -> c.odd().words()).toList(), "odd value", LONGEST_NAME);
    int rows =
        ObjectsText.width(
            counts.stream().map(c -> Numbers.count(c.rows())).toList(), "rows", LONGEST_NAME);
    List<String> lines = new ArrayList<>();
    lines.add(row("column", name, "odd value", odd, "rows", rows, "rule"));
    for (OddCount count : counts) {
      String own = name(count);
      boolean fits = own.codePointCount(0, own.length()) <= name;
      if (!fits) {
        lines.add(ObjectsText.comment(own));
      }
      lines.add(
          row(
              fits ? own : "",
              name,
              count.odd().words(),
              odd,
              Numbers.count(count.rows()),
              rows,
              count.odd().key() + ": " + count.policy().written()));
    }
    return lines;
  }

  private static String row(
      String name, int names, String odd, int odds, String rows, int digits, String rule) {
    return ObjectsText.comment(
        ObjectsText.pad(name, names)
            + ObjectsText.GAP
            + ObjectsText.pad(odd, odds)
            + ObjectsText.GAP
            + " ".repeat(Math.max(0, digits - rows.length()))
            + rows
            + ObjectsText.GAP
            + ObjectsText.oneLine(rule));
  }

  private static String name(OddCount count) {
    return ObjectsText.oneLine(count.table() + "." + count.column());
  }
}

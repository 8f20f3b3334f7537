package dev.landfall.pipelines.check;

import dev.landfall.transforms.check.Finding;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares what one check's queries gave. Columns go by their place, since the servers name a sum
 * in different ways; rows by their keys. Numbers are compared as decimals, all else as texts, and
 * NULL is equal to NULL only.
 */
final class RowsOfBothSides {
  /** As many rows that differ are told; all are counted. */
  static final int TOLD = 20;

  private final QueryRows source;
  private final QueryRows target;
  private final BigDecimal tolerance;
  private final boolean percent;
  private final List<Integer> key = new ArrayList<>();
  private final List<Finding> rows = new ArrayList<>();
  private long differences;

  /** What can't be compared, in a sentence. */
  static final class UnmatchedException extends Exception {
    @java.io.Serial private static final long serialVersionUID = 1L;

    UnmatchedException(String message) {
      super(message);
    }
  }

  RowsOfBothSides(QueryRows source, QueryRows target, BigDecimal tolerance, boolean percent) {
    this.source = source;
    this.target = target;
    this.tolerance = tolerance;
    this.percent = percent;
  }

  /** How many rows and values differ. */
  long differences() {
    return differences;
  }

  /** The first of them. */
  List<Finding> rows() {
    return rows;
  }

  /**
   * Compares.
   *
   * @param names the key's columns as either side calls them; none for the leading columns that are
   *     no numbers
   */
  RowsOfBothSides compare(List<String> names) throws UnmatchedException {
    if (source.labels().size() != target.labels().size()) {
      throw new UnmatchedException(
          "the source's query gives "
              + source.labels().size()
              + " columns and the target's "
              + target.labels().size()
              + "; both must give as many.");
    }
    chooseKey(names);
    Map<List<@Nullable String>, List<@Nullable String>> there = byKey(target, "target");
    byKey(source, "source")
        .forEach(
            (k, row) -> {
              List<@Nullable String> other = there.remove(k);
              if (other == null) {
                add(Finding.ofRow("MISSING", named(row, true), null, null, null));
              } else {
                compare(row, other);
              }
            });
    there.values().forEach(r -> add(Finding.ofRow("EXTRA", named(r, true), null, null, null)));
    return this;
  }

  private void chooseKey(List<String> names) throws UnmatchedException {
    for (String name : names) {
      int place = place(name, target.labels());
      place = place < 0 ? place(name, source.labels()) : place;
      if (place < 0) {
        throw new UnmatchedException(
            "key names "
                + name
                + ", but the queries give "
                + String.join(", ", target.labels())
                + ".");
      }
      key.add(place);
    }
    for (int i = 0; names.isEmpty() && i < target.labels().size(); i++) {
      if (source.numeric().get(i) || target.numeric().get(i)) {
        break;
      }
      key.add(i);
    }
    if (key.isEmpty() && (source.rows().size() > 1 || target.rows().size() > 1)) {
      throw new UnmatchedException(
          "there are several rows, and nothing to match them by: the first column is a number. Name"
              + " the columns that tell rows apart: `key: ["
              + target.labels().get(0)
              + "]`.");
    }
  }

  private static int place(String name, List<String> labels) {
    for (int i = 0; i < labels.size(); i++) {
      if (labels.get(i).equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }

  private Map<List<@Nullable String>, List<@Nullable String>> byKey(QueryRows side, String word)
      throws UnmatchedException {
    Map<List<@Nullable String>, List<@Nullable String>> byKey = new LinkedHashMap<>();
    for (List<@Nullable String> row : side.rows()) {
      List<@Nullable String> values = new ArrayList<>();
      key.forEach(place -> values.add(row.get(place)));
      if (byKey.put(values, row) != null) {
        throw new UnmatchedException(
            "the "
                + word
                + " gives two rows with "
                + named(row, false)
                + ". Name the columns that tell rows apart as `key:`.");
      }
    }
    return byKey;
  }

  private void compare(List<@Nullable String> row, List<@Nullable String> other) {
    for (int i = 0; i < row.size(); i++) {
      boolean numbers = source.numeric().get(i) && target.numeric().get(i);
      if (!key.contains(i) && !isEqual(row.get(i), other.get(i), numbers)) {
        add(
            Finding.ofRow(
                "CHANGED", named(row, false), target.labels().get(i), row.get(i), other.get(i)));
      }
    }
  }

  private boolean isEqual(@Nullable String one, @Nullable String other, boolean numbers) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    BigDecimal a = numbers ? QueryRows.number(one) : null;
    BigDecimal b = numbers ? QueryRows.number(other) : null;
    if (a == null || b == null) {
      return one.equals(other);
    }
    BigDecimal allowed = percent ? tolerance.movePointLeft(2).multiply(a.abs()) : tolerance;
    return a.subtract(b).abs().compareTo(allowed) <= 0;
  }

  private Map<String, @Nullable String> named(List<@Nullable String> row, boolean whole) {
    Map<String, @Nullable String> named = new LinkedHashMap<>();
    for (int i = 0; i < row.size(); i++) {
      if (whole || key.contains(i)) {
        named.put(target.labels().get(i), row.get(i));
      }
    }
    return named;
  }

  private void add(Finding row) {
    differences++;
    if (rows.size() < TOLD) {
      rows.add(row);
    }
  }
}

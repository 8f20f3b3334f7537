package dev.landfall.validation.match;

import dev.landfall.transforms.canonical.RowHasher;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.value.Rows;
import dev.landfall.validation.result.Difference;
import dev.landfall.validation.result.RowCounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares rows of a target table that both sides were asked for by key. Says the same as a
 * comparison of all rows would say of those keys. Not thread-safe.
 */
public final class KeyedComparison {
  private final TableMapping mapping;
  private final TargetTable table;
  private final RowHasher hasher;

  /** Comparisons of rows of that table, which has a key. */
  public KeyedComparison(TableMapping mapping, TargetTable table) {
    if (table.key().isEmpty()) {
      throw new IllegalArgumentException(table.name() + " has no key");
    }
    this.mapping = mapping;
    this.table = table;
    this.hasher = new RowHasher(table);
  }

  /**
   * What is so of one key.
   *
   * @param counts of its rows; more than one of a side only in a target without a unique key
   * @param differences what differs, with all values; empty when the sides agree, be it that
   *     neither has the key
   * @param sourceHash the row's hash in hexadecimal, null where the source has no such row
   * @param targetHash the same on the other side
   */
  public record State(
      RowCounts counts,
      List<Difference> differences,
      @Nullable String sourceHash,
      @Nullable String targetHash) {
    public State {
      differences = List.copyOf(differences);
    }

    /** Whether the sides agree. */
    public boolean settled() {
      return differences.isEmpty();
    }
  }

  /**
   * Compares.
   *
   * @param keys texts of the key's columns in their order, from either side
   * @param source rows of the source as mapped to the table; those with other keys do not count
   * @param target rows of the target, likewise
   * @return one for each of the keys, in their order
   */
  public List<State> compare(
      List<? extends List<@Nullable String>> keys, Rows source, Rows target) {
    Map<Long, List<Row>> sources = byKey(source);
    Map<Long, List<Row>> targets = byKey(target);
    List<State> states = new ArrayList<>();
    for (List<@Nullable String> key : keys) {
      long hash = hasher.keyHash(key);
      states.add(
          state(
              named(key),
              sources.getOrDefault(hash, List.of()),
              targets.getOrDefault(hash, List.of())));
    }
    return states;
  }

  /** A hash of a key, the same however its texts are written. */
  public long keyHash(List<@Nullable String> key) {
    return hasher.keyHash(key);
  }

  private State state(Map<String, @Nullable String> key, List<Row> source, List<Row> target) {
    List<Row> alone = new ArrayList<>(source);
    List<Row> others = new ArrayList<>();
    for (Row row : target) {
      if (!alone.removeIf(new FirstOf(row)::test)) {
        others.add(row);
      }
    }
    int matched = target.size() - others.size();
    List<Difference> differences = new ArrayList<>();
    int changed = Math.min(alone.size(), others.size());
    for (int i = 0; i < changed; i++) {
      differences.add(changed(key, alone.get(i), others.get(i)));
    }
    for (Row row : alone.subList(changed, alone.size())) {
      differences.add(oneSided(key, Difference.Kind.MISSING, row));
    }
    for (Row row : others.subList(changed, others.size())) {
      differences.add(oneSided(key, Difference.Kind.EXTRA, row));
    }
    return new State(
        RowCounts.of(matched, changed, alone.size() - changed, others.size() - changed),
        differences,
        source.isEmpty() ? null : source.get(0).hash(),
        target.isEmpty() ? null : target.get(0).hash());
  }

  /** Passes one equal row only. */
  private static final class FirstOf {
    private final Row wanted;
    private boolean found;

    FirstOf(Row wanted) {
      this.wanted = wanted;
    }

    boolean test(Row row) {
      boolean first = !found && row.high == wanted.high && row.low == wanted.low;
      found |= first;
      return first;
    }
  }

  private Difference changed(Map<String, @Nullable String> key, Row source, Row target) {
    List<String> columns = new ArrayList<>();
    Map<String, Difference.Values> values = new LinkedHashMap<>();
    for (int i = 0; i < table.columns().size(); i++) {
      if (source.columns[i] != target.columns[i]) {
        String name = table.columns().get(i).name();
        columns.add(name);
        values.put(name, new Difference.Values(source.text(i), target.text(i)));
      }
    }
    return difference(key, Difference.Kind.CHANGED, columns, values);
  }

  private Difference oneSided(Map<String, @Nullable String> key, Difference.Kind kind, Row row) {
    Map<String, Difference.Values> values = new LinkedHashMap<>();
    for (int i = 0; i < table.columns().size(); i++) {
      String text = row.text(i);
      values.put(
          table.columns().get(i).name(),
          kind == Difference.Kind.MISSING
              ? new Difference.Values(text, null)
              : new Difference.Values(null, text));
    }
    return difference(key, kind, List.of(), values);
  }

  private Difference difference(
      Map<String, @Nullable String> key,
      Difference.Kind kind,
      List<String> columns,
      Map<String, Difference.Values> values) {
    return new Difference(mapping.source().name(), table.name(), key, kind, columns, 1)
        .withValues(values);
  }

  private Map<String, @Nullable String> named(List<@Nullable String> key) {
    Map<String, @Nullable String> named = new LinkedHashMap<>();
    for (int i = 0; i < key.size(); i++) {
      named.put(table.key().get(i), key.get(i));
    }
    return named;
  }

  private Map<Long, List<Row>> byKey(Rows rows) {
    Map<Long, List<Row>> byKey = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      hasher.hash(rows, i);
      long[] columns = new long[table.columns().size()];
      for (int column = 0; column < columns.length; column++) {
        columns[column] = hasher.columnHash(column);
      }
      byKey
          .computeIfAbsent(hasher.keyHash(), hash -> new ArrayList<>())
          .add(new Row(rows, i, hasher.high(), hasher.low(), columns));
    }
    return byKey;
  }

  /** One row with its hashes. */
  private static final class Row {
    private final Rows rows;
    private final int index;
    private final long high;
    private final long low;
    private final long[] columns;

    Row(Rows rows, int index, long high, long low, long[] columns) {
      this.rows = rows;
      this.index = index;
      this.high = high;
      this.low = low;
      this.columns = columns;
    }

    @Nullable String text(int column) {
      return rows.text(index, column);
    }

    String hash() {
      return "%016x%016x".formatted(high, low);
    }
  }
}

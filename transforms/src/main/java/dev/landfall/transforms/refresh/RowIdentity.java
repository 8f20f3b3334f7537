package dev.landfall.transforms.refresh;

import dev.landfall.transforms.canonical.RowHasher;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.value.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells the rows of one target table apart, and their keys, by what their values mean and not by
 * how a server prints them: as the comparison of both sides does. Not thread-safe.
 */
final class RowIdentity {
  private final RowHasher hasher;
  private final int columns;

  /** For rows of that table. */
  RowIdentity(TargetTable table) {
    this.hasher = new RowHasher(table);
    this.columns = table.columns().size();
  }

  /** The hash of a key, texts of the key's columns in their order, from either side. */
  long key(List<@Nullable String> key) {
    return hasher.keyHash(key);
  }

  /** The same of one of many keys, rows of the key's columns. */
  long key(Rows keys, int row) {
    return hasher.keyHash(keys, row);
  }

  /** The hashes of a row. */
  Hash hash(Rows rows, int row) {
    hasher.hash(rows, row);
    List<Long> hashes = new ArrayList<>(columns);
    for (int column = 0; column < columns; column++) {
      hashes.add(hasher.columnHash(column));
    }
    return new Hash(hasher.keyHash(), "%016x%016x".formatted(hasher.high(), hasher.low()), hashes);
  }

  /**
   * What stands for a row.
   *
   * @param key the same as {@link RowIdentity#key} of its key
   * @param row the same for equal rows only, in hexadecimal
   * @param columns one for each column
   */
  record Hash(long key, String row, List<Long> columns) {
    public Hash {
      columns = List.copyOf(columns);
    }

    /** The columns in which two rows of the table differ. */
    List<String> differing(Hash other, TargetTable table) {
      return java.util.stream.IntStream.range(0, columns.size())
          .filter(i -> !columns.get(i).equals(other.columns.get(i)))
          .mapToObj(i -> table.columns().get(i).name())
          .toList();
    }
  }

  /** The texts of a row's key. */
  static List<@Nullable String> keyTexts(TargetTable table, Rows rows, int row) {
    return Arrays.stream(table.keyPositions())
        .<@Nullable String>mapToObj(column -> rows.text(row, column))
        .collect(java.util.stream.Collectors.toCollection(java.util.ArrayList::new));
  }
}

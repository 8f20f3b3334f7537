package dev.landfall.validation.match;

import dev.landfall.transforms.canonical.RowHasher;
import dev.landfall.transforms.value.Rows;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Hashes of some rows of one piece on one side, in arrays, because a piece may have many thousand
 * rows. Immutable.
 */
public final class RowHashes {
  /** Key hash, upper and lower half of the row's hash. */
  private static final int ROW = 3;

  private final int size;
  private final int columns;
  private final long[] hashes;
  private final @Nullable Rows keys;

  RowHashes(int size, int columns, long[] hashes, @Nullable Rows keys) {
    this.size = size;
    this.columns = columns;
    this.hashes = hashes;
    this.keys = keys;
  }

  /** How many rows there are. */
  public int size() {
    return size;
  }

  /** How many columns' hashes each row has; none with {@link Detail#COUNTS}. */
  int columns() {
    return columns;
  }

  long keyHash(int row) {
    return hashes[row * (ROW + columns)];
  }

  long high(int row) {
    return hashes[row * (ROW + columns) + 1];
  }

  long low(int row) {
    return hashes[row * (ROW + columns) + 2];
  }

  long column(int row, int column) {
    return hashes[row * (ROW + columns) + ROW + column];
  }

  /** The texts of the keys, of the whole rows without a key; null with {@link Detail#COUNTS}. */
  @Nullable Rows keys() {
    return keys;
  }

  /** All hashes, row by row, for the coder. */
  long[] hashes() {
    return hashes;
  }

  /** How many hashes so many rows of so many columns have, for the coder. */
  static int hashCount(int size, int columns) {
    return size * (ROW + columns);
  }

  /** Collects rows. Not thread-safe. */
  static final class Builder {
    private final int columns;
    private final int[] keyColumns;
    private final Rows.@Nullable Builder keys;
    private long[] hashes;
    private int length;
    private int size;

    /**
     * Starts with no rows.
     *
     * @param columns how many columns the rows have
     * @param keyColumns the columns whose texts name a row
     */
    Builder(int columns, int[] keyColumns, Detail detail, int expectedRows) {
      boolean named = detail == Detail.KEYS_AND_COLUMNS;
      this.columns = named ? columns : 0;
      this.keyColumns = keyColumns;
      this.keys = named ? Rows.builder(keyColumns.length, expectedRows, expectedRows * 16) : null;
      this.hashes = new long[Math.max(1, expectedRows) * (ROW + this.columns)];
    }

    /** Adds the row that was hashed last. */
    void add(RowHasher hasher, Rows rows, int row) {
      if (length == hashes.length) {
        hashes = Arrays.copyOf(hashes, length * 2);
      }
      hashes[length++] = hasher.keyHash();
      hashes[length++] = hasher.high();
      hashes[length++] = hasher.low();
      for (int column = 0; column < columns; column++) {
        hashes[length++] = hasher.columnHash(column);
      }
      size++;
      if (keys == null) {
        return;
      }
      for (int column : keyColumns) {
        if (rows.isNull(row, column)) {
          keys.addNull();
        } else {
          int start = rows.start(row, column);
          keys.add(rows.bytes(), start, rows.end(row, column) - start);
        }
      }
    }

    /** How many rows were added. */
    int size() {
      return size;
    }

    RowHashes build() {
      return new RowHashes(
          size, columns, Arrays.copyOf(hashes, length), keys == null ? null : keys.build());
    }
  }
}

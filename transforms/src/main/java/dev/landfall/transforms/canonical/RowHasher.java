package dev.landfall.transforms.canonical;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.value.Rows;
import dev.landfall.transforms.value.ValueBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hashes the rows of one target table, from either side, by their canonical forms: equal rows have
 * equal hashes, and that different ones have equal hashes does not happen in practice (128 bits of
 * XXH3, key included; not made against somebody who chooses the data to deceive).
 *
 * <p>{@link #hash} first, then the others tell about that row. Not thread-safe.
 */
public final class RowHasher {
  private static final Hasher128 ROW = Hashing.xxh3_128();
  private static final Hasher64 PART = Hashing.xxh3_64();

  private final String table;
  private final Canonical[] forms;
  private final int[] key;

  /** Where each column's value begins in the buffer, and where the last ends. */
  private final int[] starts;

  private final ValueBuffer row = new ValueBuffer();
  private final ValueBuffer keyValues = new ValueBuffer();
  private long high;
  private long low;
  private long keyHash;
  private boolean keyHashed;

  /** A hasher of rows with the table's columns. */
  public RowHasher(TargetTable table) {
    this.table = table.name().toString();
    this.forms =
        table.columns().stream().map(c -> Canonical.of(c.type())).toArray(Canonical[]::new);
    this.key = table.keyPositions();
    this.starts = new int[forms.length + 1];
  }

  /**
   * Hashes a row.
   *
   * @throws IllegalArgumentException when rows have not the table's number of columns
   */
  public void hash(Rows rows, int index) {
    if (rows.columns() != forms.length) {
      throw new IllegalArgumentException(
          "rows of " + rows.columns() + " columns for " + table + ", which has " + forms.length);
    }
    row.truncate(0);
    keyHashed = false;
    for (int column = 0; column < forms.length; column++) {
      starts[column] = row.length();
      forms[column].append(rows, index, column, row);
    }
    starts[forms.length] = row.length();
    HashValue128 hash = ROW.hashBytesTo128Bits(row.array(), 0, row.length());
    high = hash.getMostSignificantBits();
    low = hash.getLeastSignificantBits();
  }

  /** The upper half of the row's hash. */
  public long high() {
    return high;
  }

  /** The lower half of the row's hash. */
  public long low() {
    return low;
  }

  /** The hash of the row's key; of the whole row in a table without a key. */
  public long keyHash() {
    if (!keyHashed) {
      keyHash = hashKey();
      keyHashed = true;
    }
    return keyHash;
  }

  private long hashKey() {
    if (key.length == 0) {
      return low;
    }
    if (key.length == 1) {
      return columnHash(key[0]);
    }
    keyValues.truncate(0);
    for (int column : key) {
      keyValues.put(row.array(), starts[column], starts[column + 1]);
    }
    return PART.hashBytesToLong(keyValues.array(), 0, keyValues.length());
  }

  /**
   * The hash of a key that a row would have.
   *
   * @param texts of the key's columns in their order, null for NULL
   */
  public long keyHash(List<@Nullable String> texts) {
    Rows.Builder one = Rows.builder(key.length);
    texts.forEach(one::addText);
    return keyHash(one.build(), 0);
  }

  /**
   * The same of one of many keys.
   *
   * @param keys rows of the key's columns, in their order
   */
  public long keyHash(Rows keys, int row) {
    keyValues.truncate(0);
    for (int i = 0; i < key.length; i++) {
      forms[key[i]].append(keys, row, i, keyValues);
    }
    return PART.hashBytesToLong(keyValues.array(), 0, keyValues.length());
  }

  /** The hash of one column's value. */
  public long columnHash(int column) {
    int start = starts[column];
    return PART.hashBytesToLong(row.array(), start, starts[column + 1] - start);
  }
}

package dev.landfall.transforms.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one table as bytes: the one row form between the steps. A value is PostgreSQL's text form
 * in UTF-8, not escaped; NULL is apart from every text. Directly behind the read of a MySQL source,
 * before conversion, a value is what the source printed.
 *
 * <p>Values lie one behind another in one array, rows in order, columns in order within a row, so
 * that a batch of ten thousand rows is two objects and not half a million. Nobody else writes to
 * {@link #bytes()}; who reads batch by batch may be given the same array again with the next one.
 */
public final class Rows {
  private final int columns;
  private final int rows;
  private final byte[] bytes;

  /** For each value its end in {@link #bytes}, complemented for NULL. */
  private final int[] ends;

  private Rows(int columns, int rows, byte[] bytes, int[] ends) {
    this.columns = columns;
    this.rows = rows;
    this.bytes = bytes;
    this.ends = ends;
  }

  /** How many values a row has, at least one. */
  public int columns() {
    return columns;
  }

  /** How many rows there are; may be none. */
  public int size() {
    return rows;
  }

  /** The array that {@link #start} and {@link #end} point into; not to be changed. */
  @SuppressWarnings("EI_EXPOSE_REP")
  public byte[] bytes() {
    return bytes;
  }

  /** How many bytes all values take. */
  public int byteCount() {
    return rows == 0 ? 0 : position(rows * columns - 1);
  }

  /** Whether the value is NULL. */
  public boolean isNull(int row, int column) {
    return ends[row * columns + column] < 0;
  }

  /** Where the value begins. */
  public int start(int row, int column) {
    int index = row * columns + column;
    return index == 0 ? 0 : position(index - 1);
  }

  /** Where the value ends, exclusive; the same as its start for NULL and for the empty text. */
  public int end(int row, int column) {
    return position(row * columns + column);
  }

  private int position(int index) {
    int end = ends[index];
    return end < 0 ? ~end : end;
  }

  /** The value as a text, null for NULL. For messages, keys and rejects; not for bulk. */
  public @Nullable String text(int row, int column) {
    if (isNull(row, column)) {
      return null;
    }
    int start = start(row, column);
    return new String(bytes, start, end(row, column) - start, StandardCharsets.UTF_8);
  }

  /** The value's own bytes, null for NULL. */
  public byte @Nullable [] value(int row, int column) {
    return isNull(row, column)
        ? null
        : Arrays.copyOfRange(bytes, start(row, column), end(row, column));
  }

  /** The ends as stored, for the coder. */
  public int[] ends() {
    return ends;
  }

  /** Rows from their stored form, for the coder. */
  public static Rows of(int columns, int rows, byte[] bytes, int[] ends) {
    return new Rows(columns, rows, bytes, ends);
  }

  /** The rows of all parts, one behind the other. */
  public static Rows concat(int columns, List<Rows> parts) {
    Builder all = builder(columns);
    for (Rows part : parts) {
      for (int row = 0; row < part.rows; row++) {
        all.addRow(part, row);
      }
    }
    return all.build();
  }

  /** Starts building rows of that many columns. */
  public static Builder builder(int columns) {
    return new Builder(columns, 256, 1 << 14);
  }

  /** Starts building rows of that many columns with room for what is expected. */
  public static Builder builder(int columns, int expectedRows, int expectedBytes) {
    return new Builder(columns, expectedRows, expectedBytes);
  }

  /** Collects values in order; every row must be completed. Not thread-safe. */
  public static final class Builder extends GrowingRows {
    private Builder(int columns, int expectedRows, int expectedBytes) {
      super(columns, expectedRows, expectedBytes);
    }

    /** Adds NULL as the next value. */
    public Builder addNull() {
      push(~length);
      return this;
    }

    /** Adds all of the array as the next value. */
    public Builder add(byte[] value) {
      return add(value, 0, value.length);
    }

    /** Adds a piece of the array as the next value. */
    public Builder add(byte[] value, int offset, int count) {
      append(value, offset, count);
      push(length);
      return this;
    }

    /** Adds all of the array as the next value, or NULL. */
    public Builder addBytes(byte @Nullable [] value) {
      return value == null ? addNull() : add(value, 0, value.length);
    }

    /** Adds the text as the next value, or NULL. */
    public Builder addText(@Nullable String value) {
      return addBytes(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds all values of a row of others that have as many columns. */
    public Builder addRow(Rows others, int row) {
      for (int column = 0; column < columns; column++) {
        if (others.isNull(row, column)) {
          addNull();
        } else {
          int start = others.start(row, column);
          add(others.bytes, start, others.end(row, column) - start);
        }
      }
      return this;
    }

    /** Appends bytes to the value that {@link #endValue} will end. */
    public void append(byte[] value, int offset, int count) {
      if (count > bytes.length - length) {
        grow(count);
      }
      System.arraycopy(value, offset, bytes, length, count);
      length += count;
    }

    /** Appends one byte to the value that {@link #endValue} will end. */
    public void append(int value) {
      if (length == bytes.length) {
        grow(1);
      }
      bytes[length++] = (byte) value;
    }

    /** Ends the value that was appended to. */
    public void endValue() {
      push(length);
    }

    /** Takes back everything behind the first {@code rows} rows, an unfinished row included. */
    public void truncate(int rows) {
      if (rows > size()) {
        throw new IllegalArgumentException(rows + " of " + size() + " rows");
      }
      values = rows * columns;
      int end = values == 0 ? 0 : ends[values - 1];
      length = end < 0 ? ~end : end;
    }

    /**
     * The rows.
     *
     * @throws IllegalStateException when the last row lacks values
     */
    public Rows build() {
      if (values % columns != 0) {
        throw new IllegalStateException(
            "the last row has " + values % columns + " of " + columns + " values");
      }
      return new Rows(columns, values / columns, bytes, ends);
    }
  }
}

package dev.landfall.transforms.value;

import java.util.Arrays;

/** The arrays of {@link Rows} in the making, which grow as they are filled. Not thread-safe. */
abstract class GrowingRows {
  /** The longest value whose length takes one byte; behind it NULL, two bytes, three. */
  private static final int MAX_SHORT = 250;

  private static final int NULL_LENGTH = MAX_SHORT + 1;

  /** So many rows tell how long the others are. */
  private static final int SAMPLE = 16;

  /** No more is reserved on a guess: the bytes of a usual batch. */
  private static final int MAX_EXPECTED = 16 << 20;

  /** The longest array that HotSpot allocates. */
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  final int columns;
  final int expectedRows;
  byte[] bytes;
  int[] ends;

  /** How much of {@link #bytes} is filled. */
  int length;

  /** How much of {@link #ends} is filled. */
  int values;

  GrowingRows(int columns, int expectedRows, int expectedBytes) {
    if (columns < 1) {
      throw new IllegalArgumentException("rows of " + columns + " columns");
    }
    this.columns = columns;
    this.expectedRows = expectedRows;
    this.bytes = new byte[Math.max(expectedBytes, 64)];
    this.ends = new int[Math.max(expectedRows, 1) * columns];
  }

  /** How many complete rows there are. */
  public int size() {
    return values / columns;
  }

  /** How many bytes the values take so far. */
  public int byteCount() {
    return length;
  }

  /**
   * Adds a row as MySQL sends it: before each value its length in one byte or more, or that it is
   * NULL (MySQL's developer documentation, "Text Resultset Row", "Length-Encoded Integer").
   *
   * @param start of the row in the array
   * @param end of it, exclusive; less than 16 MiB from there
   * @throws IllegalArgumentException when the last value does not end there
   */
  public void addLengthEncoded(byte[] row, int start, int end) {
    if (end - start > bytes.length - length) {
      grow(end - start);
    }
    if (columns > ends.length - values) {
      ends = Arrays.copyOf(ends, Math.max(ends.length * 2, values + columns));
    }
    // Locals: the JVM's first compiler reads a field anew each time.
    byte[] to = bytes;
    int[] toEnds = ends;
    int position = length;
    int at = start;
    int value = values;
    int last = value + columns;
    while (value < last) {
      int count = row[at++] & 0xff;
      if (count > MAX_SHORT) {
        if (count == NULL_LENGTH) {
          toEnds[value++] = ~position;
          continue;
        }
        int size = count - MAX_SHORT;
        count = (row[at] & 0xff) | (row[at + 1] & 0xff) << 8;
        if (size > 2) {
          count |= (row[at + 2] & 0xff) << 16;
        }
        at += size;
      }
      System.arraycopy(row, at, to, position, count);
      at += count;
      position += count;
      toEnds[value++] = position;
    }
    if (at != end) {
      throw new IllegalArgumentException(
          "a row of " + columns + " values in " + (at - start) + " of " + (end - start) + " bytes");
    }
    length = position;
    values = value;
  }

  /**
   * Makes room for that many bytes: as the rows so far let expect of all, so that a large array is
   * allocated and copied once and not at every doubling.
   */
  final void grow(int count) {
    // Math.addExact: a batch of 2 GiB is a broken byte budget, better said than wrapped around.
    int needed = Math.addExact(length, count);
    int rows = size();
    long expected = rows < SAMPLE ? 0 : (long) length / rows * expectedRows;
    long wanted = Math.max(bytes.length * 2L, Math.min(expected, MAX_EXPECTED));
    bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(needed, wanted), MAX_ARRAY));
  }

  final void push(int end) {
    if (values == ends.length) {
      ends = Arrays.copyOf(ends, ends.length * 2);
    }
    ends[values++] = end;
  }
}

package dev.landfall.validation.digest;

import dev.landfall.transforms.canonical.RowHasher;
import dev.landfall.transforms.model.KeyRange;
import dev.landfall.transforms.sql.PushdownSql;
import dev.landfall.transforms.value.Rows;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of a piece fall into cells, which are summed up too, so that only those cells that
 * disagree are looked at again. Both sides cut a piece alike: by a grid over the numbers of a key's
 * first column, so that a cell can be read by itself, or by the hash of a row's key.
 *
 * <p>A cell of a grid begins at its bound and ends before the next one's; the first has everything
 * below too and the last everything above, {@code NaN} included.
 */
public final class Cutting {
  /** Pieces of no cells. */
  public static final Cutting NONE = new Cutting(1, -1, BigInteger.ZERO, BigInteger.ONE);

  /** With more ranges in a query than these, neighbours are joined: each is a step of its plan. */
  private static final int MAX_RANGES = 128;

  /** Digits that a long holds whatever they are. */
  private static final int LONG_DIGITS = 18;

  private static final int LONG_BITS = 62;

  private final int count;
  private final int column;
  private final BigInteger low;
  private final BigInteger width;
  private final boolean small;
  private final long lowLong;
  private final long widthLong;

  private Cutting(int count, int column, BigInteger low, BigInteger width) {
    this.count = count;
    this.column = column;
    this.low = low;
    this.width = width;
    this.small = low.bitLength() < LONG_BITS && width.bitLength() < LONG_BITS;
    this.lowLong = low.longValue();
    this.widthLong = width.longValue();
  }

  /** So many cells by the hash of the key. */
  public static Cutting byHash(int count) {
    return new Cutting(count, -1, BigInteger.ZERO, BigInteger.ONE);
  }

  /**
   * So many cells of the range by the numbers of its first column; by hash where the range has
   * hardly more numbers than cells, or nobody knows where it ends.
   *
   * @param column the position in the target table of what the range bounds first
   * @param lowest stands for the start of an open range
   * @param highest stands for the end of an open range
   */
  public static Cutting byNumber(
      int count,
      int column,
      KeyRange range,
      @Nullable BigInteger lowest,
      @Nullable BigInteger highest) {
    BigInteger from = range.start() == null ? lowest : floor(range.start().get(0));
    BigInteger to = range.end() == null ? highest : floor(range.end().get(0));
    if (from == null || to == null) {
      return byHash(count);
    }
    BigInteger span = to.subtract(from).add(BigInteger.ONE);
    BigInteger cells = BigInteger.valueOf(count);
    if (span.compareTo(cells.add(cells)) < 0) {
      return byHash(count);
    }
    return new Cutting(count, column, from, span.add(cells).subtract(BigInteger.ONE).divide(cells));
  }

  private static BigInteger floor(String number) {
    return new BigDecimal(number).setScale(0, RoundingMode.FLOOR).unscaledValue();
  }

  /** How many cells there are; with one, no cell is told apart. */
  public int count() {
    return count;
  }

  /** Whether cells are ranges of numbers. */
  public boolean byNumber() {
    return column >= 0;
  }

  /** The cell that a row falls into, which the hasher has hashed last. */
  public int cell(RowHasher hasher, Rows rows, int row) {
    if (column < 0) {
      return hash(hasher.keyHash());
    }
    return rows.isNull(row, column)
        ? 0
        : number(rows.bytes(), rows.start(row, column), rows.end(row, column));
  }

  /** By the lower half of the hash, since the upper one chooses buckets. */
  private int hash(long keyHash) {
    return (int) (((keyHash & 0xFFFF_FFFFL) * count) >>> Integer.SIZE);
  }

  /** The cell of a number's text. */
  int number(byte[] text, int start, int end) {
    int i = start;
    boolean negative = i < end && text[i] == '-';
    if (negative) {
      i++;
    }
    int first = i;
    long whole = 0;
    while (i < end && text[i] >= '0' && text[i] <= '9') {
      whole = whole * 10 + (text[i++] - '0');
    }
    if (!small || i - first > LONG_DIGITS || (i < end && text[i] != '.') || i == first) {
      return anyNumber(new String(text, start, end - start, StandardCharsets.UTF_8));
    }
    long floor = negative ? -whole : whole;
    while (negative && ++i < end) {
      if (text[i] != '0') {
        floor--;
        break;
      }
    }
    return (int) Math.max(0, Math.min(count - 1L, Math.floorDiv(floor - lowLong, widthLong)));
  }

  private int anyNumber(String text) {
    BigInteger index;
    try {
      index = floor(text).subtract(low);
    } catch (NumberFormatException e) {
      // PostgreSQL's NaN and Infinity are above all numbers, -Infinity is below.
      return text.startsWith("-") ? 0 : count - 1;
    }
    return index.signum() < 0
        ? 0
        : index.divide(width).min(BigInteger.valueOf(count - 1L)).intValueExact();
  }

  /**
   * Ranges of the first column that together hold all rows of those cells, and perhaps others;
   * empty when the piece is better read whole.
   */
  public Optional<List<KeyRange>> ranges(BitSet cells) {
    if (!byNumber() || cells.cardinality() > count / 2) {
      return Optional.empty();
    }
    for (int gap = 0; ; gap++) {
      List<KeyRange> ranges = ranges(cells, gap);
      if (ranges.size() <= MAX_RANGES) {
        return Optional.of(ranges);
      }
    }
  }

  private List<KeyRange> ranges(BitSet cells, int gap) {
    List<KeyRange> ranges = new ArrayList<>();
    int from = cells.nextSetBit(0);
    while (from >= 0) {
      int to = cells.nextClearBit(from);
      int next = cells.nextSetBit(to);
      while (next >= 0 && next - to <= gap) {
        to = cells.nextClearBit(next);
        next = cells.nextSetBit(to);
      }
      ranges.add(new KeyRange(from == 0 ? null : bound(from), to >= count ? null : bound(to)));
      from = next;
    }
    return ranges;
  }

  private List<String> bound(int cell) {
    return List.of(low.add(width.multiply(BigInteger.valueOf(cell))).toString());
  }

  /** The grid, for a database to cut by; empty when cells are none or no ranges. */
  public Optional<PushdownSql.Grid> grid() {
    return byNumber() ? Optional.of(new PushdownSql.Grid(low, width, count)) : Optional.empty();
  }

  /** Whether the other cuts the same numbers alike, whatever the column is called. */
  public boolean cutsAs(Cutting other) {
    return count == other.count
        && byNumber() == other.byNumber()
        && low.equals(other.low)
        && width.equals(other.width);
  }
}

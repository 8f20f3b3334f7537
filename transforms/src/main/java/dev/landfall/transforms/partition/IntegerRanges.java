package dev.landfall.transforms.partition;

import java.math.BigInteger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the values of an integer key into ranges of about the same number of rows, however the keys
 * are spread: estimates tell where the rows are, empty stretches cost a handful of questions, and
 * dense ones are cut until each piece is small. Nothing is read.
 */
final class IntegerRanges {
  /** Bounds the questions at one level: in a huge gap most of them are wasted. */
  private static final int MAX_STRIDES = 64;

  /** Pieces are half a chunk and are joined again, so that estimates need not be exact. */
  private static final int PIECES_PER_CHUNK = 2;

  private final Estimator estimator;
  private final long chunkRows;

  /** Estimates how many rows have keys in each {@code [bounds[i], bounds[i + 1])}. */
  interface Estimator {
    long[] rows(List<BigInteger> bounds) throws SQLException;
  }

  /** A range with its estimate; null bounds are open. */
  record Piece(@Nullable BigInteger start, @Nullable BigInteger end, long rows) {}

  IntegerRanges(Estimator estimator, long chunkRows) {
    this.estimator = estimator;
    this.chunkRows = chunkRows;
  }

  /** Ranges that cover all integers, cut between {@code min} and {@code max}. */
  List<Piece> cut(BigInteger min, BigInteger max, long estimatedRows) throws SQLException {
    List<Piece> pieces = new ArrayList<>();
    for (Piece stride : strides(min, max.add(BigInteger.ONE), estimatedRows, 2)) {
      refine(stride, pieces);
    }
    return open(join(pieces));
  }

  private void refine(Piece range, List<Piece> out) throws SQLException {
    // An empty range is estimated at one row too: cutting it further would never end.
    boolean small =
        range.rows() <= 1 || range.rows() * PIECES_PER_CHUNK <= chunkRows + chunkRows / 4;
    if (small || width(range).equals(BigInteger.ONE)) {
      out.add(range);
      return;
    }
    BigInteger start = Objects.requireNonNull(range.start());
    for (Piece stride : strides(start, start.add(width(range)), range.rows(), 1)) {
      refine(stride, out);
    }
  }

  /**
   * Cuts a range of about {@code rows} rows. InnoDB doubles its estimate of a range that spans much
   * of a tall tree, because it would else tend to be low, and never says more than half of the
   * table (btr0cur.cc, btr_estimate_n_rows_in_range); for a short range it counts. So each level is
   * measured by the one above it, the first by the whole table.
   *
   * @param most what an estimate may be multiplied by at most
   */
  private List<Piece> strides(BigInteger from, BigInteger to, long rows, double most)
      throws SQLException {
    BigInteger width = to.subtract(from);
    long wanted = Math.min(MAX_STRIDES, 2 + rows * PIECES_PER_CHUNK / chunkRows);
    BigInteger count = BigInteger.valueOf(wanted).min(width);
    List<BigInteger> bounds = new ArrayList<>();
    for (int i = 0; i <= count.intValueExact(); i++) {
      bounds.add(from.add(width.multiply(BigInteger.valueOf(i)).divide(count)));
    }
    long[] estimates = estimator.rows(bounds);
    double sum = Math.max(1, Arrays.stream(estimates).sum());
    double correction = Math.min(most, Math.max(0.5, rows / sum));
    List<Piece> strides = new ArrayList<>();
    for (int i = 0; i < estimates.length; i++) {
      strides.add(
          new Piece(bounds.get(i), bounds.get(i + 1), Math.round(estimates[i] * correction)));
    }
    return strides;
  }

  private static BigInteger width(Piece piece) {
    return Objects.requireNonNull(piece.end()).subtract(Objects.requireNonNull(piece.start()));
  }

  private List<Piece> join(List<Piece> pieces) {
    List<Piece> joined = new ArrayList<>();
    Piece current = pieces.get(0);
    for (Piece next : pieces.subList(1, pieces.size())) {
      long rows = current.rows() + next.rows();
      // Up to the half piece that a chunk may be over: a cut is nearer to even than none.
      if (rows <= chunkRows + chunkRows / 8) {
        current = new Piece(current.start(), next.end(), rows);
      } else {
        joined.add(current);
        current = next;
      }
    }
    joined.add(current);
    return joined;
  }

  /** Rows may come below the smallest and above the largest key while the plan is carried out. */
  private static List<Piece> open(List<Piece> pieces) {
    List<Piece> opened = new ArrayList<>(pieces);
    Piece first = opened.get(0);
    opened.set(0, new Piece(null, first.end(), first.rows()));
    Piece last = opened.get(opened.size() - 1);
    opened.set(opened.size() - 1, new Piece(last.start(), null, last.rows()));
    return opened;
  }
}

package dev.landfall.transforms.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.transforms.partition.IntegerRanges.Piece;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class IntegerRangesTest {
  private final TreeSet<BigInteger> keys = new TreeSet<>();
  private int questions;

  /** Exact, but as InnoDB never says that a range is empty; multiplied by a factor. */
  private IntegerRanges ranges(long chunkRows, int factor) {
    return new IntegerRanges(
        bounds -> {
          questions++;
          long[] rows = new long[bounds.size() - 1];
          for (int i = 0; i < rows.length; i++) {
            rows[i] =
                Math.max(1, (long) factor * keys.subSet(bounds.get(i), bounds.get(i + 1)).size());
          }
          return rows;
        },
        chunkRows);
  }

  private List<Long> cut(long chunkRows, int factor) throws SQLException {
    List<Piece> pieces = ranges(chunkRows, factor).cut(keys.first(), keys.last(), keys.size());
    assertThat(pieces.get(0).start()).isNull();
    assertThat(pieces.get(pieces.size() - 1).end()).isNull();
    List<Long> sizes = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      if (i > 0) {
        assertThat(piece.start()).isEqualTo(pieces.get(i - 1).end());
      }
      var rows = piece.start() == null ? keys : keys.tailSet(piece.start());
      sizes.add((long) (piece.end() == null ? rows : rows.headSet(piece.end())).size());
    }
    assertThat(sizes.stream().mapToLong(Long::longValue).sum()).isEqualTo(keys.size());
    return sizes;
  }

  private void add(long from, long count, long step) {
    LongStream.range(0, count).forEach(i -> keys.add(BigInteger.valueOf(from + i * step)));
  }

  @Test
  void evenKeys() throws SQLException {
    add(-3_000, 10_000, 3);
    assertThat(cut(1_000, 1)).allMatch(size -> size >= 500 && size <= 1_250);
  }

  @Test
  void estimatesThatAreTwiceTooHigh() throws SQLException {
    add(1, 10_000, 1);
    assertThat(cut(1_000, 2)).allMatch(size -> size >= 500 && size <= 1_250);
  }

  @Test
  void twoClustersFarApart() throws SQLException {
    add(0, 20_000, 1);
    add(1_000_000_000_000_000L, 20_000, 1);
    List<Long> sizes = cut(1_000, 1);
    assertThat(sizes).allMatch(size -> size <= 1_250);
    assertThat(sizes).filteredOn(size -> size < 500).hasSizeLessThanOrEqualTo(2);
    assertThat(questions).isLessThan(100);
  }

  @Test
  void skewOfManyOrdersOfMagnitude() throws SQLException {
    for (int power = 0; power < 60; power++) {
      add(1L << power, 50, 1);
    }
    List<Long> sizes = cut(100, 1);
    assertThat(sizes).allMatch(size -> size <= 200);
    assertThat(questions).isLessThan(200);
  }

  @Test
  void chunksOfOneRow() throws SQLException {
    add(0, 20, 1);
    add(1_000_000_000_000L, 1, 1);
    assertThat(cut(1, 1)).allMatch(size -> size <= 2);
    assertThat(questions).isLessThan(200);
  }

  @Test
  void oneKey() throws SQLException {
    add(5, 1, 1);
    assertThat(cut(100, 1)).containsExactly(1L);
  }

  @Test
  void sizesFollowTheBytes() {
    ChunkSize size = new ChunkSize(10_000, 16 << 20);
    assertThat(size.rowsOf(table(1_000_000, 100_000_000))).isEqualTo(10_000);
    assertThat(size.rowsOf(table(1_000, 16_384_000))).isEqualTo(1_024);
    assertThat(size.rowsOf(table(10, 1_000_000_000))).isEqualTo(1);
    assertThat(size.rowsOf(table(0, 16_384))).isEqualTo(10_000);
    assertThat(size.rowsOf(table(1_000, 0))).isEqualTo(10_000);
    assertThatThrownBy(() -> new ChunkSize(0, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  private static dev.landfall.transforms.model.SourceTable table(long rows, long bytes) {
    return new dev.landfall.transforms.model.SourceTable(
        new dev.landfall.transforms.model.TableName("s", "t"),
        List.of(),
        List.of(),
        List.of(),
        null,
        "",
        rows,
        bytes);
  }
}

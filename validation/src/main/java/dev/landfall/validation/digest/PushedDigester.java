package dev.landfall.validation.digest;

import dev.landfall.transforms.sql.PushdownSql;
import dev.landfall.transforms.value.Rows;
import java.math.BigInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Takes the digest of one chunk as a database computed it, by {@link PushdownSql}. */
public final class PushedDigester implements PieceCollector<PieceDigest> {
  private final Cutting cutting;
  private @Nullable DigestKey piece;
  private PieceDigest digest = PieceDigest.EMPTY;

  /** A digester of a chunk that falls into those cells. */
  public PushedDigester(Cutting cutting) {
    this.cutting = cutting;
  }

  /**
   * {@inheritDoc}
   *
   * <p>The rows are those of the database's answer, one for each cell.
   */
  @Override
  public void add(int table, int target, long chunk, Rows rows) {
    piece = new DigestKey(table, target, chunk);
    int cells = cutting.grid().isPresent() ? cutting.count() : 0;
    long[] counts = new long[cells];
    long[] sums = new long[cells];
    Digest all = Digest.EMPTY;
    for (int row = 0; row < rows.size(); row++) {
      long count = number(rows, row, 1).longValueExact();
      long low = number(rows, row, 3).longValue();
      all =
          new Digest(
              all.count() + count, all.high() + number(rows, row, 2).longValue(), all.low() + low);
      if (cells > 0) {
        int cell = number(rows, row, 0).intValueExact();
        counts[cell] += count;
        sums[cell] += low;
      }
    }
    digest = digest.merge(new PieceDigest(all, counts, sums));
  }

  private static BigInteger number(Rows rows, int row, int column) {
    String digits = rows.text(row, column);
    // A sum of nothing: the source can't hash a row longer than its max_allowed_packet.
    return digits == null ? BigInteger.ZERO : new BigInteger(digits);
  }

  @Override
  public void drain(BiConsumer<DigestKey, PieceDigest> consumer) {
    if (piece != null) {
      consumer.accept(piece, digest);
    }
    clear();
  }

  @Override
  public void clear() {
    piece = null;
    digest = PieceDigest.EMPTY;
  }
}

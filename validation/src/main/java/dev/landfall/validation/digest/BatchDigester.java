package dev.landfall.validation.digest;

import dev.landfall.transforms.canonical.RowHasher;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.value.Rows;
import dev.landfall.validation.result.TableKey;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Sums the row hashes of batches by piece. */
public final class BatchDigester implements PieceCollector<PieceDigest> {
  private final Mapping mapping;
  private final Pieces pieces;
  private final Map<TableKey, Cutting> cuttings;
  private final Map<TableKey, RowHasher> hashers = new HashMap<>();
  private final Map<DigestKey, DigestSum> sums = new HashMap<>();

  /** A digester of the mapping's target tables. */
  public BatchDigester(Mapping mapping, Pieces pieces) {
    this(mapping, pieces, Map.of());
  }

  /**
   * A digester of the mapping's target tables that sums up cells too.
   *
   * @param cuttings how pieces fall into cells; those of other tables have none
   */
  public BatchDigester(Mapping mapping, Pieces pieces, Map<TableKey, Cutting> cuttings) {
    this.mapping = mapping;
    this.pieces = pieces;
    this.cuttings = cuttings;
  }

  /**
   * {@inheritDoc}
   *
   * <p>A chunk without rows has a digest too, and so has a table without rows that is cut into
   * buckets: its first bucket's.
   */
  @Override
  public void add(int table, int target, long chunk, Rows rows) {
    RowHasher hasher =
        hashers.computeIfAbsent(
            new TableKey(table, target),
            key -> new RowHasher(mapping.table(table).targets().get(target)));
    int buckets = pieces.buckets(table, target);
    if (buckets > 0) {
      addToBuckets(table, target, buckets, rows, hasher);
      return;
    }
    DigestSum sum = sum(table, target, chunk);
    Cutting cutting = cutting(table, target);
    for (int row = 0; row < rows.size(); row++) {
      hasher.hash(rows, row);
      if (cutting.count() > 1) {
        sum.add(hasher.high(), hasher.low(), cutting.cell(hasher, rows, row));
      } else {
        sum.add(hasher.high(), hasher.low());
      }
    }
  }

  private void addToBuckets(int table, int target, int buckets, Rows rows, RowHasher hasher) {
    DigestSum[] byBucket = new DigestSum[buckets];
    Arrays.setAll(byBucket, bucket -> bucket == 0 ? sum(table, target, 0) : null);
    Cutting cutting = cutting(table, target);
    for (int row = 0; row < rows.size(); row++) {
      hasher.hash(rows, row);
      int bucket = Pieces.bucket(hasher.keyHash(), buckets);
      DigestSum sum = byBucket[bucket];
      if (sum == null) {
        sum = sum(table, target, bucket);
        byBucket[bucket] = sum;
      }
      if (cutting.count() > 1) {
        sum.add(hasher.high(), hasher.low(), cutting.cell(hasher, rows, row));
      } else {
        sum.add(hasher.high(), hasher.low());
      }
    }
  }

  private Cutting cutting(int table, int target) {
    return cuttings.getOrDefault(new TableKey(table, target), Cutting.NONE);
  }

  private DigestSum sum(int table, int target, long piece) {
    int cells = cutting(table, target).count();
    return sums.computeIfAbsent(
        new DigestKey(table, target, piece), key -> new DigestSum(cells > 1 ? cells : 0));
  }

  @Override
  public void drain(BiConsumer<DigestKey, PieceDigest> consumer) {
    sums.forEach((key, sum) -> consumer.accept(key, sum.pieceDigest()));
    sums.clear();
  }

  @Override
  public void clear() {
    sums.clear();
  }
}

package dev.landfall.validation.difference;

import dev.landfall.transforms.read.Rows;
import dev.landfall.transforms.schema.Mapping;
import dev.landfall.transforms.schema.TargetTable;
import dev.landfall.validation.canonical.RowHasher;
import dev.landfall.validation.digest.DigestKey;
import dev.landfall.validation.digest.Pieces;
import dev.landfall.validation.digest.TableKey;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Hashes those rows of batches that are in pieces to be looked at. Knows nothing of Beam, so that a
 * reader may do it with rows as they come. Not thread-safe.
 */
public final class BatchHasher {
  private final Mapping mapping;
  private final Pieces pieces;
  private final Detail detail;
  private final Map<TableKey, RowHasher> hashers = new HashMap<>();

  /** A hasher of rows of the mapping's target tables. */
  public BatchHasher(Mapping mapping, Pieces pieces, Detail detail) {
    this.mapping = mapping;
    this.pieces = pieces;
    this.detail = detail;
  }

  /**
   * Hashes rows of a target table.
   *
   * @param wanted which pieces are to be looked at
   * @param consumer takes the hashes, once for each wanted piece that the rows may be in, of no
   *     rows too: rows may be gone since the digests were made, and the piece is to be counted all
   *     the same
   */
  public void hash(
      int table,
      int target,
      long chunk,
      Rows rows,
      Predicate<DigestKey> wanted,
      BiConsumer<DigestKey, RowHashes> consumer) {
    TargetTable definition = mapping.table(table).targets().get(target);
    RowHasher hasher =
        hashers.computeIfAbsent(new TableKey(table, target), key -> new RowHasher(definition));
    int buckets = pieces.buckets(table, target);
    RowHashes.@Nullable Builder[] builders = new RowHashes.@Nullable Builder[Math.max(1, buckets)];
    long first = buckets > 0 ? 0 : chunk;
    boolean any = false;
    for (int i = 0; i < builders.length; i++) {
      if (wanted.test(new DigestKey(table, target, first + i))) {
        builders[i] = builder(definition, rows.size() / builders.length);
        any = true;
      }
    }
    if (!any) {
      return;
    }
    for (int row = 0; row < rows.size(); row++) {
      hasher.hash(rows, row);
      RowHashes.Builder builder = builders[Pieces.bucket(hasher.keyHash(), builders.length)];
      if (builder != null) {
        builder.add(hasher, rows, row);
      }
    }
    for (int i = 0; i < builders.length; i++) {
      RowHashes.Builder builder = builders[i];
      if (builder != null) {
        consumer.accept(new DigestKey(table, target, first + i), builder.build());
      }
    }
  }

  private RowHashes.Builder builder(TargetTable table, int expectedRows) {
    int columns = table.columns().size();
    int[] named =
        table.key().isEmpty() ? IntStream.range(0, columns).toArray() : table.keyPositions();
    return new RowHashes.Builder(columns, named, detail, expectedRows);
  }
}

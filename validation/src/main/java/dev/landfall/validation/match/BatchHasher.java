package dev.landfall.validation.match;

import dev.landfall.transforms.canonical.RowHasher;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.value.Rows;
import dev.landfall.validation.digest.Cutting;
import dev.landfall.validation.digest.DigestKey;
import dev.landfall.validation.digest.PieceCollector;
import dev.landfall.validation.digest.Pieces;
import dev.landfall.validation.result.TableKey;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/** Hashes those rows of batches that are in pieces to be looked at. */
public final class BatchHasher implements PieceCollector<RowHashes> {
  /** So many rows are a part, so that no array becomes huge. */
  private static final int PART_ROWS = 32_768;

  /** Of a batch of which only cells are wanted. */
  private static final int FEW_ROWS = 64;

  private final Mapping mapping;
  private final Pieces pieces;
  private final Detail detail;
  private final Wanted wanted;
  private final Map<TableKey, Cutting> cuttings;
  private final Map<TableKey, RowHasher> hashers = new HashMap<>();
  private final Map<DigestKey, RowHashes.Builder> open = new HashMap<>();
  private final List<KV<DigestKey, RowHashes>> full = new ArrayList<>();

  /**
   * A hasher of rows of the mapping's target tables.
   *
   * @param wanted which pieces are to be looked at, whole
   */
  public BatchHasher(Mapping mapping, Pieces pieces, Detail detail, Predicate<DigestKey> wanted) {
    this(mapping, pieces, detail, piece -> wanted.test(piece) ? Wanted.ALL : null, Map.of());
  }

  /**
   * A hasher of rows of the mapping's target tables that leaves out cells which agree.
   *
   * @param wanted what is to be looked at
   * @param cuttings how pieces fall into cells, for the tables of whose pieces only some cells are
   *     wanted
   */
  public BatchHasher(
      Mapping mapping,
      Pieces pieces,
      Detail detail,
      Wanted wanted,
      Map<TableKey, Cutting> cuttings) {
    this.mapping = mapping;
    this.pieces = pieces;
    this.detail = detail;
    this.wanted = wanted;
    this.cuttings = cuttings;
  }

  /** Which pieces, and which cells of them, are to be looked at. */
  @FunctionalInterface
  public interface Wanted {
    /** The cells by number, none for all of them; null when nothing of the piece is wanted. */
    @Nullable BitSet cells(DigestKey piece);

    /** The whole piece. */
    BitSet ALL = new BitSet(0);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Every wanted piece that the rows may be in gets hashes, of no rows too: rows may be gone
   * since the digests were made, and the piece is to be counted all the same.
   */
  @Override
  public void add(int table, int target, long chunk, Rows rows) {
    TargetTable definition = mapping.table(table).targets().get(target);
    RowHasher hasher =
        hashers.computeIfAbsent(new TableKey(table, target), key -> new RowHasher(definition));
    int buckets = pieces.buckets(table, target);
    RowHashes.@Nullable Builder[] builders = new RowHashes.@Nullable Builder[Math.max(1, buckets)];
    long first = buckets > 0 ? 0 : chunk;
    @Nullable BitSet[] cells = new @Nullable BitSet[builders.length];
    Cutting cutting = cuttings.getOrDefault(new TableKey(table, target), Cutting.NONE);
    boolean any = false;
    for (int i = 0; i < builders.length; i++) {
      DigestKey piece = new DigestKey(table, target, first + i);
      BitSet of = wanted.cells(piece);
      if (of != null) {
        boolean whole = of.isEmpty();
        if (!whole && of.length() > cutting.count()) {
          throw new IllegalStateException(piece + " has " + cutting.count() + " cells: " + of);
        }
        cells[i] = whole ? null : of;
        int expectedRows = whole ? rows.size() / builders.length : FEW_ROWS;
        builders[i] = open.computeIfAbsent(piece, key -> builder(definition, expectedRows));
        any = true;
      }
    }
    if (!any) {
      return;
    }
    for (int row = 0; row < rows.size(); row++) {
      hasher.hash(rows, row);
      int bucket = Pieces.bucket(hasher.keyHash(), builders.length);
      RowHashes.Builder builder = builders[bucket];
      if (builder == null) {
        continue;
      }
      BitSet of = cells[bucket];
      if (of != null && !of.get(cutting.cell(hasher, rows, row))) {
        continue;
      }
      builder.add(hasher, rows, row);
      if (builder.size() == PART_ROWS) {
        DigestKey piece = new DigestKey(table, target, first + bucket);
        full.add(KV.of(piece, builder.build()));
        RowHashes.Builder next = builder(definition, PART_ROWS);
        open.put(piece, next);
        builders[bucket] = next;
      }
    }
  }

  @Override
  public void drain(BiConsumer<DigestKey, RowHashes> consumer) {
    full.forEach(part -> consumer.accept(part.getKey(), part.getValue()));
    open.forEach((piece, builder) -> consumer.accept(piece, builder.build()));
    clear();
  }

  @Override
  public void clear() {
    full.clear();
    open.clear();
  }

  private RowHashes.Builder builder(TargetTable table, int expectedRows) {
    int columns = table.columns().size();
    int[] named =
        table.key().isEmpty() ? IntStream.range(0, columns).toArray() : table.keyPositions();
    return new RowHashes.Builder(columns, named, detail, expectedRows);
  }
}

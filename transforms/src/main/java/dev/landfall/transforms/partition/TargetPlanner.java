package dev.landfall.transforms.partition;

import dev.landfall.transforms.model.Chunk;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.KeyRange;
import dev.landfall.transforms.model.Policy;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.types.PgType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Cuts a target table for a comparison with its source. Where both databases order the key alike
 * and the target has an index on it, its chunks are those of the source: the same numbers have the
 * same ranges. Elsewhere it is cut by blocks. Pure.
 */
public final class TargetPlanner {
  /**
   * A target so much larger than the source's chunks promise is not read by their ranges, of which
   * one would hold it all.
   */
  private static final long MAX_OVERSIZE = 8;

  private final TableMapping mapping;
  private final ChunkSize size;

  /** Plans targets of that table. */
  public TargetPlanner(TableMapping mapping, ChunkSize size) {
    this.mapping = mapping;
    this.size = size;
  }

  /**
   * The chunks of a target table, at least one, that together hold all its rows.
   *
   * @param position of the target table in {@link dev.landfall.transforms.model.Mapping#targets}
   * @param source the chunks of the source table
   */
  public List<Chunk> plan(
      int position, TargetTable target, TargetLayout layout, List<Chunk> source) {
    long rows = Math.max(layout.rows(), source.stream().mapToLong(Chunk::getEstimatedRows).sum());
    long pieces = pieces(layout, rows);
    if (pieces <= 1 && source.size() == 1) {
      return List.of(Chunk.ofTable(position, rows));
    }
    Optional<List<String>> key = key(target, source);
    if (key.isPresent()
        && source.size() > 1
        && layout.hasIndexOn(key.get())
        && pieces <= MAX_OVERSIZE * source.size()) {
      return ranges(position, key.get(), source);
    }
    return layout.readableByBlock()
        ? byBlocks(position, layout.blocks(), Math.max(1, pieces), rows)
        : List.of(Chunk.ofTable(position, rows));
  }

  /**
   * The same of a target that several source tables write, so that no range of one bounds its keys.
   *
   * @param sourceRows how many rows those have together, an estimate
   */
  public List<Chunk> planMerged(int position, TargetLayout layout, long sourceRows) {
    long rows = Math.max(layout.rows(), sourceRows);
    long pieces = pieces(layout, rows);
    return pieces > 1 && layout.readableByBlock()
        ? byBlocks(position, layout.blocks(), pieces, rows)
        : List.of(Chunk.ofTable(position, rows));
  }

  private long pieces(TargetLayout layout, long rows) {
    return Math.max(
        ceilDiv(rows, size.rowsOf(mapping.source())), ceilDiv(layout.bytes(), size.bytes()));
  }

  /**
   * The same ranges of a target table, some of all: none where the target can't be read by them
   * alike.
   *
   * @param chunks ranges of the source's key
   * @param sourceRows how many rows the whole source table has
   */
  public List<Chunk> planRanges(
      int position, TargetTable target, TargetLayout layout, List<Chunk> chunks, long sourceRows) {
    Optional<List<String>> key = key(target, chunks);
    if (key.isEmpty()
        || !layout.hasIndexOn(key.get())
        || layout.rows() > MAX_OVERSIZE * Math.max(sourceRows, size.rowsOf(mapping.source()))) {
      return List.of();
    }
    return ranges(position, key.get(), chunks);
  }

  private static List<Chunk> ranges(int position, List<String> key, List<Chunk> source) {
    return source.stream()
        .map(c -> Chunk.ofRange(position, c.getNumber(), key, c.range(), c.getEstimatedRows()))
        .toList();
  }

  /**
   * Whether the pieces of both sides with the same number hold the same keys, so that they can be
   * compared one by one.
   */
  public static boolean alike(List<Chunk> source, List<Chunk> target) {
    return target.get(0).getCut() == Chunk.Cut.KEY || (source.size() == 1 && target.size() == 1);
  }

  private static List<Chunk> byBlocks(int position, long blocks, long pieces, long rows) {
    long step = Math.max(1, ceilDiv(blocks, pieces));
    List<Chunk> chunks = new ArrayList<>();
    for (long start = 0; start == 0 || start < blocks; start += step) {
      // The last is open: the table may grow.
      KeyRange range =
          new KeyRange(
              start == 0 ? null : List.of(Long.toString(start)),
              start + step >= blocks ? null : List.of(Long.toString(start + step)));
      chunks.add(
          Chunk.ofBlocks(
              position, chunks.size(), range, ceilDiv(rows * step, Math.max(1, blocks))));
    }
    return chunks;
  }

  /** What the columns that the source is cut by are called in the target, if it orders them so. */
  private Optional<List<String>> key(TargetTable target, List<Chunk> source) {
    Chunk first = source.get(0);
    if (first.getCut() != Chunk.Cut.KEY) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < first.getKey().size(); i++) {
      SourceColumn column = mapping.source().column(first.getKey().get(i)).orElseThrow();
      Optional<ColumnMapping> mapped =
          target.columns().stream()
              .filter(c -> mapping.sourceOf(c).filter(column::equals).isPresent())
              .filter(c -> orderedAlike(column, c))
              .findFirst();
      if (mapped.isEmpty() || !boundsKnown(source, i, mapped.get().type())) {
        return Optional.empty();
      }
      names.add(mapped.get().name());
    }
    return Optional.of(names);
  }

  private static boolean orderedAlike(SourceColumn column, ColumnMapping mapped) {
    // A key that a rule puts another value in the place of is elsewhere in the target.
    if (mapped.rules().policies().values().stream()
        .anyMatch(policy -> policy.outcome() == Policy.Outcome.VALUE)) {
      return false;
    }
    return column.type().ordersLike(mapped.type());
  }

  /** Whether all bounds are values of the target's type. */
  private static boolean boundsKnown(List<Chunk> source, int column, PgType type) {
    return source.stream()
        .flatMap(c -> Stream.of(Optional.ofNullable(c.getStart()), Optional.ofNullable(c.getEnd())))
        .flatMap(Optional::stream)
        .allMatch(bound -> type.knows(bound.get(column)));
  }

  private static long ceilDiv(long rows, long by) {
    return (rows + by - 1) / by;
  }
}

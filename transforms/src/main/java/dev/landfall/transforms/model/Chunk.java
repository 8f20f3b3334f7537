package dev.landfall.transforms.model;

import com.google.auto.value.AutoValue;
import java.util.List;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;
import org.jspecify.annotations.Nullable;

/**
 * One planned piece of one table: the unit of parallelism, retry and commit. All chunks of a table
 * together hold every row exactly once, rows with keys below the first and above the last planned
 * key included.
 */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class Chunk {
  /**
   * Position of the table: in the mapping for the source's side, in {@link
   * dev.landfall.transforms.model.Mapping#targets} for the target's.
   */
  public abstract int getTable();

  /** Number within the table, from 0 in the order of the key. */
  public abstract long getNumber();

  /** How the table is cut. */
  public abstract Cut getCut();

  /** The columns of the key that is cut, in order; empty unless cut by {@link Cut#KEY}. */
  public abstract List<String> getKey();

  /** The first key in the chunk; null is open. */
  public abstract @Nullable List<String> getStart();

  /** The first key behind the chunk; null is open. */
  public abstract @Nullable List<String> getEnd();

  /** Of how many pieces this is one, for {@link Cut#HASH} (and then the number says which). */
  public abstract long getPieces();

  /** How many rows the planner expects; an estimate. */
  public abstract long getEstimatedRows();

  /** Ways to cut a table into chunks. */
  public enum Cut {
    /** By ranges of a key. */
    KEY,
    /** By a hash of the row, for a table without any usable key: each piece is a full scan. */
    HASH,
    /**
     * By ranges of blocks, on a PostgreSQL table whose rows can't be read by the source's ranges;
     * the bounds are block numbers.
     */
    BLOCKS,
    /** Not at all: the one chunk is the whole table. */
    WHOLE
  }

  /** A range of a key. */
  public static Chunk ofRange(
      int table, long number, List<String> key, KeyRange range, long estimatedRows) {
    return create(table, number, Cut.KEY, key, range.start(), range.end(), 1, estimatedRows);
  }

  /** Piece {@code number} of {@code pieces} by row hash. */
  public static Chunk ofHash(int table, long number, long pieces, long estimatedRows) {
    return create(table, number, Cut.HASH, List.of(), null, null, pieces, estimatedRows);
  }

  /** A range of blocks. */
  public static Chunk ofBlocks(int table, long number, KeyRange blocks, long estimatedRows) {
    return create(
        table, number, Cut.BLOCKS, List.of(), blocks.start(), blocks.end(), 1, estimatedRows);
  }

  /** The whole table. */
  public static Chunk ofTable(int table, long estimatedRows) {
    return create(table, 0, Cut.WHOLE, List.of(), null, null, 1, estimatedRows);
  }

  /** All properties, as the ledger keeps them. */
  @SchemaCreate
  public static Chunk create(
      int table,
      long number,
      Cut cut,
      List<String> key,
      @Nullable List<String> start,
      @Nullable List<String> end,
      long pieces,
      long estimatedRows) {
    return new AutoValue_Chunk(table, number, cut, key, start, end, pieces, estimatedRows);
  }

  /** The range of the key. */
  public KeyRange range() {
    return new KeyRange(getStart(), getEnd());
  }
}

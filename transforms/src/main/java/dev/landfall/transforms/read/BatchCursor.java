package dev.landfall.transforms.read;

import dev.landfall.transforms.model.Chunk;
import dev.landfall.transforms.value.Rows;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Walks a result set batch by batch. The first batch is there even when the chunk has no rows, so
 * that a chunk without rows is seen to be done.
 */
final class BatchCursor implements ChunkBatches {
  private final Chunk chunk;
  private final RowCursor rows;
  private final int columns;
  private final int batchBytes;
  private final long others;
  private int sequence;
  private int expectedRows;
  private int expectedBytes;
  private boolean onRow;
  private boolean again;
  private Rows.@Nullable Builder used;

  /**
   * @param chunk the chunk whose rows these are
   * @param rows before the first row
   * @param columns how many values they have
   * @param batchBytes when a batch has this many bytes no further row is added to it
   * @param others how many rows of the chunk are none of these
   */
  BatchCursor(Chunk chunk, RowCursor rows, int columns, int batchBytes, long others)
      throws SQLException {
    this.others = others;
    this.chunk = chunk;
    this.rows = rows;
    this.columns = columns;
    this.batchBytes = batchBytes;
    long guess = Math.min(chunk.getEstimatedRows() * 9 / 8, batchBytes / SHORT_ROW);
    this.expectedRows = (int) Math.min(Math.max(guess, 16), MAX_EXPECTED_ROWS);
    this.expectedBytes = Math.min(withMargin(batchBytes), INITIAL_BYTES);
    this.onRow = rows.next();
  }

  @Override
  public Chunk chunk() {
    return chunk;
  }

  @Override
  public boolean hasNext() {
    return sequence == 0 || onRow;
  }

  @Override
  public RowBatch next() throws SQLException {
    Rows.Builder builder = builder();
    while (onRow) {
      rows.addTo(builder);
      onRow = rows.next();
      if (builder.byteCount() >= batchBytes) {
        break;
      }
    }
    if (onRow) {
      expectedRows = withMargin(builder.size());
      expectedBytes = withMargin(Math.min(builder.byteCount(), batchBytes));
    }
    return new RowBatch(
        chunk.getTable(),
        chunk.getNumber(),
        sequence++,
        !onRow,
        builder.build(),
        onRow ? 0 : others);
  }

  /** Uses arrays again: a batch is good until the next one is asked for. */
  void useAgain() {
    again = true;
  }

  private Rows.Builder builder() {
    Rows.Builder last = used;
    if (last != null && last.byteCount() <= withMargin(batchBytes)) {
      last.truncate(0);
      return last;
    }
    Rows.Builder next = Rows.builder(columns, expectedRows, expectedBytes);
    used = again ? next : null;
    return next;
  }

  /** No more batches are wanted. */
  void end() {
    sequence = Math.max(sequence, 1);
    onRow = false;
  }

  private static int withMargin(int number) {
    return (int) Math.min(number + number / 8L, Integer.MAX_VALUE);
  }

  /** A wrong estimate must not reserve much. */
  private static final int MAX_EXPECTED_ROWS = 50_000;

  /** Rows that are shorter are rare. */
  private static final int SHORT_ROW = 64;

  private static final int INITIAL_BYTES = 1 << 18;
}

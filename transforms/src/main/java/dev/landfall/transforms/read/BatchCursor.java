package dev.landfall.transforms.read;

import dev.landfall.transforms.partition.Chunk;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Walks a result set batch by batch. The first batch is there even when the chunk has no rows, so
 * that a chunk without rows is seen to be done.
 */
final class BatchCursor {
  private final Chunk chunk;
  private final RowCursor rows;
  private final int columns;
  private final int batchBytes;
  private int sequence;
  private boolean onRow;

  /**
   * @param chunk the chunk whose rows these are
   * @param results before its first row
   * @param batchBytes when a batch has this many bytes no further row is added to it
   */
  BatchCursor(Chunk chunk, ResultSet results, int batchBytes) throws SQLException {
    this.chunk = chunk;
    this.rows = RowCursor.of(results);
    this.columns = results.getMetaData().getColumnCount();
    this.batchBytes = batchBytes;
    this.onRow = rows.next();
  }

  /** Whether {@link #next} has another batch. */
  boolean hasNext() {
    return sequence == 0 || onRow;
  }

  /** The next batch. */
  RowBatch next() throws SQLException {
    int expected =
        (int) Math.min(Math.max(chunk.getEstimatedRows() * 9 / 8, 16), MAX_EXPECTED_ROWS);
    Rows.Builder builder = Rows.builder(columns, expected, INITIAL_BYTES);
    while (onRow) {
      for (int column = 0; column < columns; column++) {
        byte[] value = rows.bytes(column);
        if (value == null) {
          builder.addNull();
        } else {
          builder.add(value, 0, value.length);
        }
      }
      onRow = rows.next();
      if (builder.byteCount() >= batchBytes) {
        break;
      }
    }
    return new RowBatch(chunk.getTable(), chunk.getNumber(), sequence++, !onRow, builder.build());
  }

  /** A wrong estimate must not reserve much. */
  private static final int MAX_EXPECTED_ROWS = 50_000;

  private static final int INITIAL_BYTES = 1 << 16;
}

package dev.landfall.transforms.read;

import dev.landfall.transforms.value.Rows;

/**
 * Some rows of one chunk as one Beam element: all of them, or one of several pieces when the chunk
 * is larger than the byte budget. Pieces of a chunk come in order within one bundle. A chunk
 * without rows is one empty batch, so that it too is seen to be done.
 *
 * @param table position of the table in the mapping
 * @param chunk number of the chunk within the table
 * @param sequence 0 for the first piece
 * @param last whether no further piece follows
 * @param rows the rows; columns as in {@link dev.landfall.transforms.model.TableMapping#read()} on
 *     the source's side, as in {@link dev.landfall.transforms.model.TargetTable#columns()} on the
 *     target's
 * @param others how many rows of the chunk were not read since no target takes them; in the last
 *     piece, else 0
 */
public record RowBatch(int table, long chunk, int sequence, boolean last, Rows rows, long others) {
  /** A piece of a chunk all rows of which are read. */
  public RowBatch(int table, long chunk, int sequence, boolean last, Rows rows) {
    this(table, chunk, sequence, last, rows, 0);
  }
}

package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.convert.Reject;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.value.Rows;
import java.io.Serializable;
import java.sql.SQLException;
import java.util.List;

/** Tells what the batches that are read of one side are, as rows of target tables. */
interface Side extends Serializable {
  /** The position of the source table that a chunk of this side has to do with, by its own. */
  int table(int position);

  /** Whether the database itself sums the rows up, so that a batch has no rows of the table. */
  default boolean pushed(int position) throws SQLException {
    return false;
  }

  /** Hands the batch's rows to the receiver; to be called by one thread at a time. */
  void rows(RowBatch batch, Receiver receiver) throws SQLException;

  /** Takes rows. */
  interface Receiver {
    /** Rows of a target table, none too: the chunk was looked at all the same. */
    void rows(TargetPosition target, Rows rows);

    /**
     * Rows of the source that could not be made rows of a target.
     *
     * @param writer what they were read for
     */
    void rejects(TargetPosition writer, List<Reject> rejects);

    /** So many rows of the source go to no target. */
    void filtered(long rows);
  }
}

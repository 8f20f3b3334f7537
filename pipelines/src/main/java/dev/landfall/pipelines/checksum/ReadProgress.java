package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.Step;
import dev.landfall.transforms.model.Chunk;
import dev.landfall.transforms.read.RowBatch;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Keeps how far the reading of both sides is, as {@link Step}s say it. */
final class ReadProgress implements Serializable {
  private static final long serialVersionUID = 1L;

  private final @Nullable Step step;
  private final boolean byRow;

  private ReadProgress(@Nullable Step step, boolean byRow) {
    this.step = step;
    this.byRow = byRow;
  }

  /** Of reading that no run waits for. */
  static ReadProgress none() {
    return new ReadProgress(null, false);
  }

  /** Of whole tables: by their rows. */
  static ReadProgress ofRows(MigrationKey migration) {
    return new ReadProgress(Step.of(migration, Step.Kind.ROWS), true);
  }

  /** Of parts of chunks, whose rows nobody has counted: by the chunks. */
  static ReadProgress ofChunks(MigrationKey migration) {
    return new ReadProgress(Step.of(migration, Step.Kind.DIFFERENCES), false);
  }

  /** A batch of rows was read. */
  void read(RowBatch batch) {
    if (byRow) {
      add(0, batch.rows().size() + batch.others(), 0);
    }
  }

  /**
   * A chunk was read to its end; what was expected of all gives way to what it really had.
   *
   * @param rows how many rows were read of it
   */
  void done(Chunk chunk, long rows) {
    if (byRow) {
      add(0, 0, rows - chunk.getEstimatedRows());
    } else {
      add(1, 0, 0);
    }
  }

  /** A chunk was summed up by its database, so that none of its rows were read. */
  void summed(Chunk chunk) {
    add(0, chunk.getEstimatedRows(), 0);
  }

  private void add(long chunks, long rows, long expected) {
    if (step != null) {
      step.add(chunks, rows, expected);
    }
  }
}

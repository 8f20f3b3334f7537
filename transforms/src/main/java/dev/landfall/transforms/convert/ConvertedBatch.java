package dev.landfall.transforms.convert;

import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.value.Rows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch behind its mapping: for each target table the rows to load, in PostgreSQL's text form.
 */
public final class ConvertedBatch {
  private final RowBatch source;
  private final List<Rows> targets;
  private final int @Nullable [] sourceRows;
  private final List<Reject> rejects;
  private final List<Disposition> dispositions;

  ConvertedBatch(
      RowBatch source,
      List<Rows> targets,
      int @Nullable [] sourceRows,
      List<Reject> rejects,
      List<Disposition> dispositions) {
    this.source = source;
    this.targets = List.copyOf(targets);
    this.sourceRows = sourceRows;
    this.rejects = List.copyOf(rejects);
    this.dispositions = List.copyOf(dispositions);
  }

  /** The batch that was read. */
  public RowBatch source() {
    return source;
  }

  /**
   * The rows of each of {@link dev.landfall.transforms.model.TableMapping#targets()}, in order; all
   * have the same number of rows, and row {@code i} of each comes from the same source row.
   */
  public List<Rows> targets() {
    return targets;
  }

  /** The row of {@link #source} that target row {@code row} comes from. */
  public int sourceRow(int row) {
    return sourceRows == null ? row : sourceRows[row];
  }

  /** Which rows the targets come from; null when all of the source's rows are there. */
  int @Nullable [] sourceRows() {
    return sourceRows;
  }

  /** Rows of the source that could not be converted; they are in no target. */
  public List<Reject> rejects() {
    return rejects;
  }

  /** What rules changed, one for each column and rule that did. */
  public List<Disposition> dispositions() {
    return dispositions;
  }
}

package dev.landfall.transforms.convert;

import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.value.Rows;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch behind its mapping: for each target table the rows to load, in PostgreSQL's text form.
 */
public final class ConvertedBatch {
  private final RowBatch source;
  private final List<Rows> targets;
  private final int @Nullable [] sourceRows;
  private final int @Nullable [][] starts;
  private final int filtered;
  private final List<Rejected> rejects;
  private final List<Disposition> dispositions;

  /**
   * A row that could not be converted.
   *
   * @param targets those that it would go to; null for all
   */
  record Rejected(Reject reject, @Nullable BitSet targets) {}

  /**
   * @param sourceRows the rows of the source that give any, in order; null for all
   * @param starts of each target where the rows of each of those begin, and where the last ends;
   *     null where each gives one row
   * @param filtered how many rows of the source no target takes
   */
  ConvertedBatch(
      RowBatch source,
      List<Rows> targets,
      int @Nullable [] sourceRows,
      int @Nullable [][] starts,
      int filtered,
      List<Rejected> rejects,
      List<Disposition> dispositions) {
    this.source = source;
    this.targets = List.copyOf(targets);
    this.sourceRows = sourceRows;
    this.starts = starts;
    this.filtered = filtered;
    this.rejects = List.copyOf(rejects);
    this.dispositions = List.copyOf(dispositions);
  }

  /** The batch that was read. */
  public RowBatch source() {
    return source;
  }

  /**
   * The rows of each of {@link dev.landfall.transforms.model.TableMapping#targets()}, in the order
   * of the source's rows that they are made of.
   */
  public List<Rows> targets() {
    return targets;
  }

  /** How many rows of the source give rows of any target. */
  public int size() {
    return sourceRows == null ? source.rows().size() : sourceRows.length;
  }

  /** Which row of {@link #source} that is, of those that give any. */
  public int sourceRow(int place) {
    return sourceRows == null ? place : sourceRows[place];
  }

  /**
   * Where the rows begin that a target gets of a row of the source, and end those of the one
   * before.
   *
   * @param place of the row among those that give any; {@link #size} for the end of the last
   */
  public int start(int target, int place) {
    return starts == null ? place : starts[target][place];
  }

  /** How many rows of the source no target takes. */
  public int filtered() {
    return filtered;
  }

  /** Rows of the source that could not be converted; they are in no target. */
  public List<Reject> rejects() {
    return rejects.stream().map(Rejected::reject).toList();
  }

  /** Those of them that one of the targets would have. */
  public List<Reject> rejects(int target) {
    return rejects.stream()
        .filter(rejected -> rejected.targets == null || rejected.targets.get(target))
        .map(Rejected::reject)
        .toList();
  }

  /** What rules changed, one for each column and rule that did. */
  public List<Disposition> dispositions() {
    return dispositions;
  }
}

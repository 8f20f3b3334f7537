package dev.landfall.transforms.convert;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.value.Rows;
import org.jspecify.annotations.Nullable;

/** Makes the values of one target column: one for each {@link ColumnMapping#source()} there is. */
interface ColumnConverter {
  /** What it makes. */
  ColumnMapping column();

  /**
   * Whether the values of all rows can be used as they were read. For columns that mostly can, so
   * that whole batches are passed on without copying.
   */
  boolean unchanged(Rows in);

  /** Counts what rules let pass in rows that are used as they were read. */
  void countPassed(Rows in);

  /**
   * Appends the row's value.
   *
   * @return why the row can't be loaded, or null when the value was appended
   */
  @Nullable Refusal append(Rows in, int row, Rows.Builder out);
}

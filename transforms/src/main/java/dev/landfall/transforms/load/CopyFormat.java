package dev.landfall.transforms.load;

import dev.landfall.transforms.value.Rows;
import dev.landfall.transforms.value.ValueBuffer;

/** One of COPY's formats: how rows are written. Not thread-safe. */
interface CopyFormat {
  /** The statement that takes the format. */
  String sql();

  /** Appends what comes before the first row. */
  void begin(ValueBuffer out);

  /**
   * Appends a row.
   *
   * @return false, with nothing appended, when the format can't say what is in the row
   */
  boolean append(Rows rows, int row, ValueBuffer out);

  /** Appends what comes behind the last row. */
  void end(ValueBuffer out);
}

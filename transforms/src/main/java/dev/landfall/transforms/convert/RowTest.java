package dev.landfall.transforms.convert;

import dev.landfall.transforms.model.RowFilter;
import dev.landfall.transforms.value.Rows;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Says of rows as they were read whether a {@link RowFilter} lets them pass. */
interface RowTest {
  /** Whether the row goes to the target. */
  boolean passes(Rows rows, int row);

  /** The test of a filter; null where all rows pass. */
  static @Nullable RowTest of(RowFilter filter) {
    return filter instanceof RowFilter.OneOf one ? oneOf(one) : null;
  }

  private static RowTest oneOf(RowFilter.OneOf filter) {
    int column = filter.position();
    byte[][] texts =
        filter.texts().stream()
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    return (rows, row) -> {
      if (rows.isNull(row, column)) {
        return false;
      }
      int start = rows.start(row, column);
      int end = rows.end(row, column);
      for (byte[] text : texts) {
        if (Arrays.equals(rows.bytes(), start, end, text, 0, text.length)) {
          return true;
        }
      }
      return false;
    };
  }
}

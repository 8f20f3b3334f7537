package dev.landfall.pipelines.proof;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.model.ValueSource;
import dev.landfall.transforms.types.Conversion;
import dev.landfall.transforms.types.fault.Fault;
import dev.landfall.transforms.value.Rows;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Rows in which columns have the values that some faults need: NULL, the empty text, a letter with
 * an accent, zero, a JSON object and an array. Where none of the rows that were read has one it is
 * put into one of them, as the source would print it, before conversion and for both sides; never
 * into what a row is found by.
 */
final class VariedRows {
  private final Rows read;
  private final Map<Integer, byte @Nullable []> values = new HashMap<>();
  private final int columns;

  /** The next row to be changed; the first half of the rows stays as it was read. */
  private int next;

  private VariedRows(Rows read) {
    this.read = read;
    this.columns = read.columns();
    this.next = read.size() - 1;
  }

  /** The rows, some of them changed. */
  static Rows of(TableMapping mapping, Rows read) {
    VariedRows rows = new VariedRows(read);
    TargetTable target = mapping.targets().get(0);
    for (ColumnMapping column : target.columns()) {
      boolean named = target.key().contains(column.name());
      if (!named && column.source() instanceof ValueSource.Column source) {
        SourceColumn original = mapping.read().get(source.position());
        if (!mapping.source().key().contains(original.name())) {
          rows.vary(column, original, source.position());
        }
      }
    }
    return rows.build();
  }

  private void vary(ColumnMapping column, SourceColumn source, int position) {
    if (column.nullable()) {
      need(position, Objects::isNull, null);
    }
    boolean asPrinted =
        column.conversion().equals(Conversion.NONE)
            || column.conversion().equals(Conversion.TEXT)
            || column.conversion().equals(Conversion.BYTEA);
    // An enum and a set print members only.
    if (asPrinted && source.members().isEmpty()) {
      for (Fault.Need need : column.type().needs()) {
        need(position, text -> text != null && need.met().test(text), need.value());
      }
    }
  }

  private void need(int position, Predicate<@Nullable String> had, @Nullable String value) {
    for (int row = 0; row < read.size(); row++) {
      if (had.test(read.text(row, position))) {
        return;
      }
    }
    if (next > read.size() / 2) {
      values.put(
          next * columns + position, value == null ? null : value.getBytes(StandardCharsets.UTF_8));
      next--;
    }
  }

  private Rows build() {
    if (values.isEmpty()) {
      return read;
    }
    Rows.Builder varied = Rows.builder(columns);
    for (int row = 0; row < read.size(); row++) {
      for (int column = 0; column < columns; column++) {
        int place = row * columns + column;
        varied.addBytes(values.containsKey(place) ? values.get(place) : read.value(row, column));
      }
    }
    return varied.build();
  }
}

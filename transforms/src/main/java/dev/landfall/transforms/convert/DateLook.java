package dev.landfall.transforms.convert;

import dev.landfall.transforms.model.OddValue;
import dev.landfall.transforms.value.Rows;
import org.jspecify.annotations.Nullable;

/**
 * Finds zero and partial dates; days that do not exist, and the year 0, only where a rule wants
 * something else than a reject, since PostgreSQL refuses those by itself.
 */
final class DateLook extends Look {
  private final boolean all;

  DateLook(RuledColumn column) {
    super(
        column,
        OddValue.ZERO_DATE,
        OddValue.PARTIAL_DATE,
        OddValue.IMPOSSIBLE_DATE,
        OddValue.OUT_OF_RANGE);
    this.all = column.isSet(OddValue.IMPOSSIBLE_DATE) || column.isSet(OddValue.OUT_OF_RANGE);
  }

  @Override
  boolean isOdd(byte[] bytes, int start, int end) {
    return all
        ? OddDates.of(bytes, start, end) != null
        : OddDates.isZeroOrPartial(bytes, start, end);
  }

  /** Dates are many: by default nothing but their bytes is looked at. */
  @Override
  boolean passAll(Rows rows, int position) {
    if (all) {
      return super.passAll(rows, position);
    }
    byte[] bytes = rows.bytes();
    int size = rows.size();
    for (int row = 0; row < size; row++) {
      if (OddDates.isZeroOrPartial(bytes, rows.start(row, position), rows.end(row, position))) {
        return false;
      }
    }
    return true;
  }

  @Override
  void treat(Value value) {
    @Nullable OddValue odd = OddDates.of(value.bytes(), value.start(), value.end());
    if (odd != null) {
      settle(value, odd);
    }
  }
}

package dev.landfall.transforms.convert;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.value.Rows;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Converts the values of one column that is read. */
final class ValueConverter implements ColumnConverter {
  private final ColumnMapping column;
  private final int position;
  private final byte @Nullable [] nullDefault;
  private final @Nullable ValueRules rules;

  /**
   * @param position of the column among those that are read
   * @param rules null for a column without
   */
  ValueConverter(ColumnMapping column, int position, @Nullable ValueRules rules) {
    this.column = column;
    this.position = position;
    this.rules = rules;
    this.nullDefault = utf8(column.nullDefault());
  }

  /** Where the column is among those that are read. */
  int position() {
    return position;
  }

  /** Whether every value stays as it is read. */
  boolean asRead() {
    return column.conversion().passes() && nullDefault == null && rules == null;
  }

  /** Whether the same value always becomes the same one, and nobody counts it. */
  boolean repeats() {
    return rules == null;
  }

  @Override
  public ColumnMapping column() {
    return column;
  }

  @Override
  public boolean unchanged(Rows in) {
    return column.conversion().passes()
        ? !changesNull(in) && (rules == null || rules.passAll(in, position))
        : in.size() == 0;
  }

  private boolean changesNull(Rows in) {
    if (nullDefault != null) {
      for (int row = 0; row < in.size(); row++) {
        if (in.isNull(row, position)) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public void countPassed(Rows in) {
    if (rules != null) {
      rules.countPassed(in, position);
    }
  }

  @Override
  public @Nullable Refusal append(Rows in, int row, Rows.Builder out) {
    if (in.isNull(row, position)) {
      if (nullDefault == null) {
        out.addNull();
      } else {
        out.add(nullDefault);
      }
      return null;
    }
    byte[] bytes = in.bytes();
    int start = in.start(row, position);
    int end = in.end(row, position);
    if (rules == null) {
      return Refusal.of(column.conversion().append(bytes, start, end, out));
    }
    Value value = rules.treat(bytes, start, end);
    switch (value.state()) {
      case OPEN -> {
        return Refusal.of(
            column.conversion().append(value.bytes(), value.start(), value.end(), out));
      }
      case FINAL -> out.add(value.bytes(), value.start(), value.end() - value.start());
      case NULL -> out.addNull();
      case REFUSED -> {
        return Refusal.of(Objects.requireNonNull(value.refused()));
      }
    }
    return null;
  }

  private static byte @Nullable [] utf8(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}

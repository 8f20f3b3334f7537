package dev.landfall.transforms.convert;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.ValueSource;
import dev.landfall.transforms.value.Rows;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Gives each row the same value. */
final class ConstantConverter implements ColumnConverter {
  private final ColumnMapping column;
  private final byte @Nullable [] value;

  ConstantConverter(ColumnMapping column, ValueSource.Constant constant) {
    this.column = column;
    String text = constant.text();
    this.value = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public ColumnMapping column() {
    return column;
  }

  @Override
  public boolean unchanged(Rows in) {
    return false;
  }

  @Override
  public void countPassed(Rows in) {}

  @Override
  public @Nullable Refusal append(Rows in, int row, Rows.Builder out) {
    if (value == null) {
      out.addNull();
    } else {
      out.add(value);
    }
    return null;
  }
}

package dev.landfall.transforms.convert;

import dev.landfall.transforms.model.OddValue;
import dev.landfall.transforms.types.MySqlFloat;
import dev.landfall.transforms.types.PgType;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Finds values that a type chosen by a person has no room for. */
final class RangeLook extends Look {
  private final PgType type;
  private final boolean approximate;

  RangeLook(RuledColumn column) {
    super(column, OddValue.OUT_OF_RANGE);
    this.type = column.mapping().type();
    this.approximate = column.source().type() instanceof MySqlFloat;
  }

  @Override
  boolean isOdd(byte[] bytes, int start, int end) {
    String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
    // One that fits in another form has to be changed too.
    return !text.equals(type.fitting(text, approximate));
  }

  @Override
  void treat(Value value) {
    String text =
        new String(
            value.bytes(), value.start(), value.end() - value.start(), StandardCharsets.UTF_8);
    @Nullable String form = type.fitting(text, approximate);
    if (form == null) {
      settle(value, OddValue.OUT_OF_RANGE);
    } else if (!form.equals(text)) {
      value.change(form.getBytes(StandardCharsets.UTF_8));
    }
  }
}

package dev.landfall.transforms.convert;

import dev.landfall.transforms.model.OddValue;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Finds values that a type chosen by a person has no room for. */
final class RangeLook extends Look {
  private final Room room;

  RangeLook(RuledColumn column) {
    super(column, OddValue.OUT_OF_RANGE);
    this.room = Room.of(column.source(), column.mapping().type());
  }

  @Override
  boolean isOdd(byte[] bytes, int start, int end) {
    String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
    // One that fits in another form has to be changed too.
    return !text.equals(room.form(text));
  }

  @Override
  void treat(Value value) {
    String text =
        new String(
            value.bytes(), value.start(), value.end() - value.start(), StandardCharsets.UTF_8);
    @Nullable String form = room.form(text);
    if (form == null) {
      settle(value, OddValue.OUT_OF_RANGE);
    } else if (!form.equals(text)) {
      value.change(form.getBytes(StandardCharsets.UTF_8));
    }
  }
}

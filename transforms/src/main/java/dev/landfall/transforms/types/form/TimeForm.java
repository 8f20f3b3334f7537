package dev.landfall.transforms.types.form;

import dev.landfall.transforms.value.ValueBuffer;

/** time: microseconds of the day; {@code 24:00:00} is not {@code 00:00:00}. */
public final class TimeForm implements CanonicalForm {
  private final TemporalText reader = new TemporalText();

  @Override
  public boolean append(byte[] text, int start, int end, ValueBuffer out) {
    reader.on(text, start, end);
    if (!reader.time() || !reader.atEnd()) {
      return false;
    }
    out.putLongLe(reader.timeMicros());
    return true;
  }
}

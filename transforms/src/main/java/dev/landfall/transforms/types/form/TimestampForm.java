package dev.landfall.transforms.types.form;

import dev.landfall.transforms.value.RegularDateTime;
import dev.landfall.transforms.value.ValueBuffer;

/**
 * timestamp and timestamptz: microseconds since 1970. A text without a zone is in UTC, as both
 * sessions are; a zone in the text of a timestamp without one is ignored, as PostgreSQL does
 * (manual 8.5.1.3).
 */
public final class TimestampForm implements CanonicalForm {
  private final boolean zoned;
  private final TemporalText reader = new TemporalText();

  public TimestampForm(boolean zoned) {
    this.zoned = zoned;
  }

  @Override
  public boolean append(byte[] text, int start, int end, ValueBuffer out) {
    long regular = RegularDateTime.micros(text, start, end);
    if (regular != RegularDateTime.IRREGULAR) {
      out.putLongLe(regular);
      return true;
    }
    return appendAny(text, start, end, out);
  }

  /** Appends a timestamp of any form. */
  boolean appendAny(byte[] text, int start, int end, ValueBuffer out) {
    reader.on(text, start, end);
    if (!reader.date()) {
      return false;
    }
    if ((reader.skip(' ') || reader.skip('T')) && !(reader.time() && reader.zone())) {
      return false;
    }
    if (!reader.era()) {
      return false;
    }
    long micros = reader.days() * TemporalText.MICROS_PER_DAY + reader.timeMicros();
    out.putLongLe(zoned ? micros - reader.zoneMicros() : micros);
    return true;
  }
}

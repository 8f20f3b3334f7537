package dev.landfall.transforms.types.form;

import dev.landfall.transforms.value.RegularDateTime;
import dev.landfall.transforms.value.ValueBuffer;

/** date: days since 1970. The time that a MySQL datetime brings along is no part of it. */
public final class DateForm implements CanonicalForm {
  private final TemporalText reader = new TemporalText();

  @Override
  public boolean append(byte[] text, int start, int end, ValueBuffer out) {
    if (end - start == RegularDateTime.DATE_LENGTH) {
      long days = RegularDateTime.days(text, start);
      if (days != RegularDateTime.IRREGULAR) {
        out.putLongLe(days);
        return true;
      }
    }
    return appendAny(text, start, end, out);
  }

  /** Appends a date of any form. */
  boolean appendAny(byte[] text, int start, int end, ValueBuffer out) {
    reader.on(text, start, end);
    if (!reader.date()) {
      return false;
    }
    if (!reader.atEnd() && isTimeNext(text, end) && !(readTime() && reader.zone())) {
      return false;
    }
    if (!reader.era()) {
      return false;
    }
    out.putLongLe(reader.days());
    return true;
  }

  /** Dates of PostgreSQL may end in {@code BC}; times do not. */
  private static boolean isTimeNext(byte[] text, int end) {
    return text[end - 1] != 'C';
  }

  private boolean readTime() {
    return (reader.skip(' ') || reader.skip('T')) && reader.time();
  }
}

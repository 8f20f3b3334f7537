package dev.landfall.transforms.types;

import dev.landfall.transforms.value.ValueBuffer;

/** Writes the texts of one type in PostgreSQL's binary form: length and bytes. */
@FunctionalInterface
public interface BinaryValue {
  /**
   * Appends the value of the text in {@code text[start, end)}.
   *
   * @return false when it has not the usual form, whatever was appended by then
   */
  boolean append(byte[] text, int start, int end, ValueBuffer out);
}

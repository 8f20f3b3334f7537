package dev.landfall.transforms.types.form;

import dev.landfall.transforms.value.ValueBuffer;

/** How the texts of one type become bytes that are the same for equal values. */
@FunctionalInterface
public interface CanonicalForm {
  /**
   * Appends the canonical bytes of the text in {@code text[start, end)}.
   *
   * @return false when the text is none that the type's form knows; what was appended until then is
   *     to be taken back, and the text stands for itself
   */
  boolean append(byte[] text, int start, int end, ValueBuffer out);
}

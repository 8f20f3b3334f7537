package dev.landfall.transforms.types.form;

import dev.landfall.transforms.value.ValueBuffer;

/** For types whose values are equal when their texts are: text, varchar, bit. */
public final class VerbatimForm implements CanonicalForm {
  @Override
  public boolean append(byte[] text, int start, int end, ValueBuffer out) {
    out.put(text, start, end);
    return true;
  }
}

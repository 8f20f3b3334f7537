package dev.landfall.validation.canonical;

/** For types whose values are equal when their texts are: text, varchar, bit. */
final class VerbatimForm implements CanonicalForm {
  @Override
  public boolean append(byte[] text, int start, int end, CanonicalBuffer out) {
    out.put(text, start, end);
    return true;
  }
}

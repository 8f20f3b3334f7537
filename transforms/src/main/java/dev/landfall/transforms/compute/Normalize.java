package dev.landfall.transforms.compute;

import java.text.Normalizer;

/** In one of Unicode's normal forms (Unicode Standard Annex 15). */
public final class Normalize extends TextOperator implements AsciiOperator {
  private static final long serialVersionUID = 1L;

  private final Normalizer.Form form;

  /** Into that form. */
  public Normalize(Normalizer.Form form) {
    super("{normalize: " + form + "}");
    this.form = form;
  }

  @Override
  String changed(String text) {
    return Normalizer.normalize(text, form);
  }

  /** ASCII is in all forms. */
  @Override
  public void change(AsciiText text) {}
}

package dev.landfall.transforms.compute;

import org.jspecify.annotations.Nullable;

/** Changes texts, and leaves NULL as it is. */
abstract class TextOperator extends Operator {
  private static final long serialVersionUID = 1L;

  private final String word;

  /**
   * @param word as the spec writes it
   */
  TextOperator(String word) {
    this.word = word;
  }

  abstract @Nullable String changed(String text) throws UnfitException;

  @Override
  public final String written() {
    return word;
  }

  @Override
  public final @Nullable String apply(@Nullable String value) throws UnfitException {
    return value == null ? null : changed(value);
  }
}

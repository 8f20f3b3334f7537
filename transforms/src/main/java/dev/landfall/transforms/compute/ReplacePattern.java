package dev.landfall.transforms.compute;

import dev.landfall.transforms.expr.Replacement;
import org.jspecify.annotations.Nullable;

/**
 * Puts a text in the place of all that a regular expression fits. It takes time in proportion to
 * the text whatever the expression is, since it is RE2's: without references back and looks around.
 */
public final class ReplacePattern extends TextOperator {
  private static final long serialVersionUID = 1L;

  private final String expression;
  private final String with;
  private transient volatile @Nullable Replacement replacement;

  /**
   * By an expression.
   *
   * @param with what comes in place, as {@link Replacement} has it
   * @throws IllegalArgumentException when one of them is none, with words for a person
   */
  public ReplacePattern(String expression, String with) {
    super("{pattern: " + Written.text(expression) + ", with: " + Written.text(with) + "}");
    this.expression = expression;
    this.with = with;
    this.replacement = Replacement.of(expression, with);
  }

  @Override
  String changed(String text) {
    Replacement known = replacement;
    if (known == null) {
      known = Replacement.of(expression, with);
      replacement = known;
    }
    return known.in(text);
  }
}

package dev.landfall.transforms.compute;

import dev.landfall.transforms.types.PgText;
import dev.landfall.transforms.types.PgType;
import java.util.Optional;

/**
 * Hides who it is that has an e-mail address: {@code a***@example.com}. Of a name of one character,
 * and of what has no {@code @}, nothing is left but the stars.
 */
public final class MaskEmail extends TextOperator {
  private static final long serialVersionUID = 1L;

  private static final String HIDDEN = "***";

  public MaskEmail() {
    super("{mask: email}");
  }

  /** A short one becomes longer. */
  @Override
  public Optional<PgType> type(PgType input) {
    return input instanceof PgText ? Optional.of(TEXT) : Optional.empty();
  }

  @Override
  String changed(String text) {
    int at = text.lastIndexOf('@');
    if (at < 0) {
      return HIDDEN;
    }
    int first = at == 0 ? 0 : text.offsetByCodePoints(0, 1);
    return (first < at ? text.substring(0, first) : "") + HIDDEN + text.substring(at);
  }

  @Override
  public boolean hides() {
    return true;
  }
}

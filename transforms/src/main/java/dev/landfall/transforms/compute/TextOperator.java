package dev.landfall.transforms.compute;

import dev.landfall.transforms.types.PgText;
import dev.landfall.transforms.types.PgType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Changes texts, and leaves NULL as it is. The type stays, so that a column keeps it: where a text
 * may become longer than the type takes, the row with it becomes a reject.
 */
abstract class TextOperator extends Operator {
  private static final long serialVersionUID = 1L;

  private final String written;

  /**
   * @param written as the spec writes it
   */
  TextOperator(String written) {
    this.written = written;
  }

  abstract @Nullable String changed(String text) throws UnfitException;

  @Override
  public Optional<PgType> type(PgType input) {
    return input instanceof PgText ? Optional.of(input) : Optional.empty();
  }

  @Override
  public final String written() {
    return written;
  }

  @Override
  public final @Nullable String apply(@Nullable String value) throws UnfitException {
    return value == null ? null : changed(value);
  }
}

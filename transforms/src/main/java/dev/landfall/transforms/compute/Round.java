package dev.landfall.transforms.compute;

import dev.landfall.transforms.types.PgFloat;
import dev.landfall.transforms.types.PgNumeric;
import dev.landfall.transforms.types.PgType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A number with so many digits behind the point; a half is rounded away from zero. */
public final class Round extends Operator {
  private static final long serialVersionUID = 1L;

  private static final PgType NUMERIC = PgType.parse("numeric");

  private final int digits;

  /** To that many digits. */
  public Round(int digits) {
    this.digits = digits;
  }

  @Override
  public Optional<PgType> type(PgType input) {
    if (input instanceof PgNumeric number) {
      return Optional.of(number.rounded(digits));
    }
    return input instanceof PgFloat ? Optional.of(NUMERIC) : Optional.empty();
  }

  @Override
  public String written() {
    return "{round: " + digits + "}";
  }

  @Override
  public @Nullable String apply(@Nullable String value) throws UnfitException {
    if (value == null) {
      return null;
    }
    try {
      BigDecimal number = new BigDecimal(value);
      return number.scale() <= digits
          ? number.toPlainString()
          : number.setScale(digits, RoundingMode.HALF_UP).toPlainString();
    } catch (NumberFormatException e) {
      throw new UnfitException("\"" + value + "\" is no number that can be rounded");
    }
  }
}

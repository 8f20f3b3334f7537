package dev.landfall.transforms.compute;

import dev.landfall.transforms.types.PgBoolean;
import dev.landfall.transforms.types.PgText;
import dev.landfall.transforms.types.PgType;
import java.time.DateTimeException;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The same value in another type, which must hold it: nothing is rounded or cut. */
public final class Cast extends Operator {
  private static final long serialVersionUID = 1L;

  private final PgType type;

  /** Whether what comes is true or false, in whatever letters. */
  private final boolean truth;

  /** To that type. */
  public Cast(PgType type) {
    this(type, /* truth= */ false);
  }

  private Cast(PgType type, boolean truth) {
    this.type = type;
    this.truth = truth;
  }

  /** The type. */
  public PgType to() {
    return type;
  }

  @Override
  public Optional<PgType> type(PgType input) {
    return Optional.of(type);
  }

  @Override
  public Operator fit(PgType input, @Nullable PgType output, BiConsumer<String, String> mistakes) {
    return new Cast(type, input instanceof PgBoolean);
  }

  @Override
  public String written() {
    return "{cast: " + Written.text(type.ddl()) + "}";
  }

  @Override
  public @Nullable String apply(@Nullable String value) throws UnfitException {
    if (value == null) {
      return null;
    }
    try {
      return type.textForm(truth ? truth(value) : value);
    } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
      throw new UnfitException(
          "\"" + value + "\" is no value of " + type + ", or would be rounded or cut");
    }
  }

  private String truth(String value) {
    boolean isTrue = value.equals("t") || value.equals("1");
    if (type instanceof PgText) {
      return isTrue ? "true" : "false";
    }
    return isTrue ? "1" : "0";
  }
}

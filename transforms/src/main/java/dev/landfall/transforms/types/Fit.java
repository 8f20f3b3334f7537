package dev.landfall.transforms.types;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether every value of a source column fits a target type, and by which conversion. */
public final class Fit {
  private final @Nullable Conversion conversion;
  private final String reason;

  private Fit(@Nullable Conversion conversion, String reason) {
    this.conversion = conversion;
    this.reason = reason;
  }

  static Fit by(Conversion conversion) {
    return new Fit(conversion, "");
  }

  static Fit none(String reason) {
    return new Fit(null, reason);
  }

  /** The conversion that makes the values fit; empty when they don't. */
  public Optional<Conversion> conversion() {
    return Optional.ofNullable(conversion);
  }

  /**
   * Why they don't fit, in words such as {@code varchar(20) holds 20 characters, fewer than the
   * source's varchar(40)}; empty when they do.
   */
  public Optional<String> misfit() {
    return conversion == null ? Optional.of(reason) : Optional.empty();
  }
}

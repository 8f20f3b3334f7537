package dev.landfall.transforms.types;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** decimal (MySQL manual 11.1.3). */
public final class MySqlDecimal extends MySqlType {
  static final List<MySqlTypes.Name> NAMES =
      List.of(MySqlTypes.Name.of("decimal", MySqlDecimal::new, "numeric", "dec", "fixed"));

  /** A sign, a point, and a zero before the point. */
  private static final int BESIDE_DIGITS = 3;

  private MySqlDecimal(Declaration declared) {
    super(declared);
  }

  /** Whether a type holds numbers. */
  static boolean isNumber(PgType target) {
    return target instanceof PgInteger || target instanceof PgNumeric || target instanceof PgFloat;
  }

  private int precision() {
    return Objects.requireNonNullElse(declared().precision(), 0);
  }

  @Override
  public Optional<String> becomes(Known known) {
    return Optional.of("numeric(" + declared().precision() + "," + declared().scale() + ")");
  }

  @Override
  Fit into(PgType target) {
    if (target instanceof PgNumeric number) {
      return number.holds(precision() - scale(), scale())
          ? Fit.by(Conversion.NONE)
          : narrower(target);
    }
    if (target instanceof PgInteger whole) {
      return scale() == 0 && precision() <= whole.digits()
          ? Fit.by(Conversion.NONE)
          : narrower(target);
    }
    return printed(target, precision() + BESIDE_DIGITS);
  }

  @Override
  public Optional<Conversion> narrowedTo(PgType target) {
    return isNumber(target) ? Optional.of(Conversion.NONE) : Optional.empty();
  }

  @Override
  public boolean alike(PgType target) {
    return target instanceof PgNumeric;
  }

  @Override
  public KeyText keyText() {
    return KeyText.DECIMAL;
  }

  @Override
  public boolean ordersLike(PgType target) {
    return target instanceof PgNumeric;
  }

  @Override
  public Optional<KeyInverse> inverse(PgType target, Conversion conversion) {
    return target instanceof PgInteger || target instanceof PgNumeric
        ? Optional.of(KeyInverse.NUMBER)
        : Optional.empty();
  }

  @Override
  public boolean pushes(PgType target) {
    return target instanceof PgNumeric number && number.prints(scale());
  }
}

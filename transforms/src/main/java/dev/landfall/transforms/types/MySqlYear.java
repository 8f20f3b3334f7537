package dev.landfall.transforms.types;

import java.util.List;
import java.util.Optional;

/** year (MySQL manual 11.2.4). */
public final class MySqlYear extends MySqlType {
  static final List<MySqlTypes.Name> NAMES = MySqlTypes.Name.all(MySqlYear::new, "year");

  private static final int BITS = 16;
  private static final int DIGITS = 4;

  private MySqlYear(Declaration declared) {
    super(declared);
  }

  @Override
  public Optional<String> becomes(Known known) {
    return Optional.of("smallint");
  }

  @Override
  Fit into(PgType target) {
    return integer(target, BITS, DIGITS);
  }

  @Override
  public Optional<Conversion> narrowedTo(PgType target) {
    return MySqlDecimal.isNumber(target) ? Optional.of(Conversion.NONE) : Optional.empty();
  }

  /** The year 0000 as 0. */
  @Override
  public String read(String column) {
    return column + " + 0";
  }

  @Override
  public KeyText keyText() {
    return KeyText.INTEGER;
  }

  @Override
  public boolean ordersLike(PgType target) {
    return target instanceof PgInteger || target instanceof PgNumeric;
  }

  @Override
  public Optional<KeyInverse> inverse(PgType target, Conversion conversion) {
    return KeyInverse.ofWhole(target);
  }

  @Override
  public boolean pushes(PgType target) {
    return target instanceof PgInteger
        || target instanceof PgBoolean
        || (target instanceof PgNumeric number && number.prints(0));
  }
}

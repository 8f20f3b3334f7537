package dev.landfall.transforms.types;

import java.util.Optional;

/** What types of whole numbers have in common. */
abstract class MySqlWhole extends MySqlType {
  MySqlWhole(Declaration declared) {
    super(declared);
  }

  @Override
  public Optional<Conversion> narrowedTo(PgType target) {
    return MySqlDecimal.isNumber(target) ? Optional.of(Conversion.NONE) : Optional.empty();
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

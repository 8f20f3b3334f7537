package dev.landfall.transforms.types;

import java.util.List;
import java.util.Optional;

/** date (MySQL manual 11.2.2). */
public final class MySqlDate extends MySqlType {
  static final List<MySqlTypes.Name> NAMES = MySqlTypes.Name.all(MySqlDate::new, "date");

  private static final int CHARACTERS = "2024-02-29".length();

  private MySqlDate(Declaration declared) {
    super(declared);
  }

  @Override
  public Optional<String> becomes(Known known) {
    return Optional.of("date");
  }

  @Override
  Fit into(PgType target) {
    return target instanceof PgDate ? Fit.by(Conversion.DATE) : printed(target, CHARACTERS);
  }

  @Override
  public boolean alike(PgType target) {
    return target instanceof PgDate;
  }

  @Override
  public KeyText keyText() {
    return KeyText.TEMPORAL;
  }

  @Override
  public boolean ordersLike(PgType target) {
    return target instanceof PgDate;
  }

  @Override
  public Optional<KeyInverse> inverse(PgType target, Conversion conversion) {
    return KeyInverse.ofMoment(target);
  }

  @Override
  public boolean pushes(PgType target) {
    return target instanceof PgDate;
  }
}

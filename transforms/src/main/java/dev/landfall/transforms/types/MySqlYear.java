package dev.landfall.transforms.types;

import java.util.List;
import java.util.Optional;

/** year (MySQL manual 11.2.4). */
public final class MySqlYear extends MySqlWhole {
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

  /** The year 0000 as 0. */
  @Override
  public String read(String column) {
    return column + " + 0";
  }
}

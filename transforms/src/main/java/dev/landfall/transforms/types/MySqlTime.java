package dev.landfall.transforms.types;

import java.util.List;
import java.util.Optional;

/** time, a span of up to 838 hours either way (MySQL manual 11.2.3). */
public final class MySqlTime extends MySqlType {
  static final List<MySqlTypes.Name> NAMES = MySqlTypes.Name.all(MySqlTime::new, "time");

  private static final int CHARACTERS = "-838:59:59.000000".length();

  private MySqlTime(Declaration declared) {
    super(declared);
  }

  @Override
  public Optional<String> becomes(Known known) {
    return Optional.of("interval(" + fraction() + ")");
  }

  @Override
  Fit into(PgType target) {
    if (target instanceof PgInterval span) {
      return unrounded(target, span.digits(), Conversion.NONE);
    }
    return target instanceof PgTime time
        ? unrounded(target, time.digits(), Conversion.NONE)
        : printed(target, CHARACTERS);
  }

  private static boolean isSpan(PgType target) {
    return target instanceof PgInterval || target instanceof PgTime;
  }

  @Override
  public Optional<Conversion> narrowedTo(PgType target) {
    return isSpan(target) ? Optional.of(Conversion.NONE) : Optional.empty();
  }

  @Override
  public KeyText keyText() {
    return KeyText.DURATION;
  }

  @Override
  public boolean ordersLike(PgType target) {
    return isSpan(target);
  }

  @Override
  public Optional<KeyInverse> inverse(PgType target, Conversion conversion) {
    return isSpan(target) ? Optional.of(KeyInverse.TEMPORAL) : Optional.empty();
  }

  @Override
  public boolean pushes(PgType target) {
    return isSpan(target);
  }

  @Override
  public String pushed(String column) {
    return ended(shortest(column, fraction()));
  }

  /** Without zeros at the end of a fraction, and without a point, as PostgreSQL prints it. */
  static String shortest(String column, int fraction) {
    String text = "CAST(" + column + " AS CHAR)";
    return fraction == 0 ? text : "TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM " + text + "))";
  }

  @Override
  public Optional<String> why(PgType target) {
    return target instanceof PgInterval
        ? Optional.of("a span of up to 838:59:59")
        : Optional.empty();
  }
}

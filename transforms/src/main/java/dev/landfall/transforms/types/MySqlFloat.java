package dev.landfall.transforms.types;

import java.util.List;
import java.util.Optional;

/** float and double (MySQL manual 11.1.4). */
public final class MySqlFloat extends MySqlType {
  static final List<MySqlTypes.Name> NAMES =
      List.of(
          MySqlTypes.Name.of("float", d -> new MySqlFloat(d, /* wide= */ false), "float4"),
          MySqlTypes.Name.of(
              "double",
              d -> new MySqlFloat(d, /* wide= */ true),
              "real",
              "double precision",
              "float8"));

  private final boolean wide;

  private MySqlFloat(Declaration declared, boolean wide) {
    super(declared);
    this.wide = wide;
  }

  @Override
  public Optional<String> becomes(Known known) {
    return Optional.of(wide ? "double precision" : "real");
  }

  @Override
  Fit into(PgType target) {
    boolean unlimited =
        (target instanceof PgFloat binary && (binary.wide() || !wide))
            || (target instanceof PgNumeric number && number.unlimited())
            || (target instanceof PgText text && text.length() == null);
    return unlimited ? Fit.by(Conversion.NONE) : refused(target);
  }

  @Override
  public Optional<Conversion> narrowedTo(PgType target) {
    return MySqlDecimal.isNumber(target) ? Optional.of(Conversion.NONE) : Optional.empty();
  }

  @Override
  public boolean alike(PgType target) {
    return target instanceof PgFloat binary && binary.wide() == wide;
  }

  /**
   * A float with all its digits, of which the text protocol prints six; adding 0 to -0 would lose
   * its sign.
   */
  @Override
  public String read(String column) {
    return wide && !declared().zerofill() ? column : column + " * 1e0";
  }

  @Override
  public boolean hashed() {
    return false;
  }

  @Override
  public Optional<KeyInverse> inverse(PgType target, Conversion conversion) {
    return wide && target instanceof PgFloat binary && binary.wide()
        ? Optional.of(KeyInverse.DOUBLE)
        : Optional.empty();
  }

  @Override
  public Optional<KeyInverse> itself() {
    return Optional.of(KeyInverse.DOUBLE);
  }
}

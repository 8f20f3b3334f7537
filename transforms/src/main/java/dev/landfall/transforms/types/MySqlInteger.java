package dev.landfall.transforms.types;

import java.util.List;
import java.util.Optional;

/** tinyint to bigint (MySQL manual 11.1.2). */
public final class MySqlInteger extends MySqlWhole {
  static final List<MySqlTypes.Name> NAMES =
      List.of(
          MySqlTypes.Name.of("tinyint", d -> new MySqlInteger(d, 8, 3), "int1"),
          MySqlTypes.Name.of("smallint", d -> new MySqlInteger(d, 16, 5), "int2"),
          MySqlTypes.Name.of(
              "mediumint", d -> new MySqlInteger(d, 24, d.unsigned() ? 8 : 7), "int3"),
          MySqlTypes.Name.of("int", d -> new MySqlInteger(d, 32, 10), "integer", "int4"),
          MySqlTypes.Name.of(
              "bigint", d -> new MySqlInteger(d, 64, d.unsigned() ? 20 : 19), "int8"));

  private static final int TINY = 8;

  private final int bits;
  private final int digits;

  private MySqlInteger(Declaration declared, int bits, int digits) {
    super(declared);
    this.bits = bits;
    this.digits = digits;
  }

  /** With the sign, if there is one. */
  public int bits() {
    return bits;
  }

  @Override
  public Optional<String> becomes(Known known) {
    return Optional.of(
        switch (bits) {
          case TINY -> known.flags() ? "boolean" : "smallint";
          case 16 -> unsigned() ? "integer" : "smallint";
          case 24 -> "integer";
          case 32 -> unsigned() ? "bigint" : "integer";
          default -> unsigned() && !known.fitsBigint() ? "numeric(20)" : "bigint";
        });
  }

  @Override
  Fit into(PgType target) {
    if (bits == TINY && target instanceof PgBoolean) {
      return Fit.by(Conversion.NONE);
    }
    return integer(target, bits, digits);
  }

  @Override
  public Optional<Conversion> narrowedTo(PgType target) {
    return bits == TINY && target instanceof PgBoolean
        ? Optional.of(Conversion.NONE)
        : super.narrowedTo(target);
  }

  @Override
  public boolean alike(PgType target) {
    return target instanceof PgInteger;
  }

  @Override
  public Optional<String> why(PgType target) {
    if (bits == TINY) {
      return target instanceof PgBoolean
          ? Optional.of("holds nothing but 0, 1 and NULL")
          : Optional.empty();
    }
    if (!unsigned() || bits == 24 || target instanceof PgText) {
      return Optional.empty();
    }
    boolean signed = target instanceof PgInteger whole && whole.bits() == bits;
    return Optional.of(
        signed
            ? "no value is larger than " + target
            : "larger than " + (bits == 16 ? "smallint" : bits == 64 ? "bigint" : "integer"));
  }
}

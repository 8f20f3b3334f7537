package dev.landfall.transforms.types;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** binary, varbinary and the four kinds of blob (MySQL manual 11.3). */
public final class MySqlBinary extends MySqlType {
  static final List<MySqlTypes.Name> NAMES =
      Stream.of(
              MySqlTypes.Name.all(d -> new MySqlBinary(d, /* key= */ true), "binary", "varbinary"),
              MySqlTypes.Name.all(
                  d -> new MySqlBinary(d, /* key= */ false),
                  "tinyblob",
                  "blob",
                  "mediumblob",
                  "longblob"))
          .flatMap(List::stream)
          .toList();

  /** Whether a key can have all of it. */
  private final boolean key;

  private MySqlBinary(Declaration declared, boolean key) {
    super(declared);
    this.key = key;
  }

  @Override
  public Optional<String> becomes(Known known) {
    return Optional.of("bytea");
  }

  @Override
  Fit into(PgType target) {
    return text(target, Conversion.TEXT, length());
  }

  @Override
  public boolean alike(PgType target) {
    return target instanceof PgBytea;
  }

  @Override
  boolean isBytes() {
    return true;
  }

  /** A default in bytea's form: a binary(n) has as many bytes as it declares (manual 11.3.3). */
  Optional<String> defaultBytes(String digits) {
    Long length = declared().length();
    if (!key || length == null) {
      return Optional.empty();
    }
    boolean padded = declared().dataType().equals("binary");
    String missing = padded ? "00".repeat(length.intValue() - digits.length() / 2) : "";
    return Optional.of("\\x" + digits.toLowerCase(Locale.ROOT) + missing);
  }

  @Override
  public KeyText keyText() {
    return key ? KeyText.BINARY : KeyText.UNUSABLE;
  }

  @Override
  public boolean ordersLike(PgType target) {
    return key && target instanceof PgBytea;
  }

  @Override
  public Optional<KeyInverse> inverse(PgType target, Conversion conversion) {
    return conversion.equals(Conversion.BYTEA) ? Optional.of(KeyInverse.BYTES) : Optional.empty();
  }

  @Override
  public boolean pushes(PgType target) {
    return target instanceof PgBytea;
  }

  @Override
  public String pushed(String column) {
    return ended("LOWER(HEX(" + column + "))");
  }
}

package dev.landfall.transforms.types;

import java.util.List;
import java.util.Optional;

/** uuid of MariaDB 10.7. */
public final class MySqlUuid extends MySqlType {
  static final List<MySqlTypes.Name> NAMES = MySqlTypes.Name.all(MySqlUuid::new, "uuid");

  private static final int CHARACTERS = 36;

  private MySqlUuid(Declaration declared) {
    super(declared);
  }

  @Override
  public Optional<String> becomes(Known known) {
    return Optional.of("uuid");
  }

  @Override
  Fit into(PgType target) {
    return target instanceof PgUuid ? Fit.by(Conversion.NONE) : printed(target, CHARACTERS);
  }

  @Override
  public boolean alike(PgType target) {
    return target instanceof PgUuid;
  }

  @Override
  public KeyText keyText() {
    return KeyText.TEXT;
  }

  @Override
  public Optional<KeyInverse> inverse(PgType target, Conversion conversion) {
    return Optional.of(KeyInverse.TEXT);
  }
}

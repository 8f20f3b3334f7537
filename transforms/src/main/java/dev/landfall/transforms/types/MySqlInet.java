package dev.landfall.transforms.types;

import java.util.List;
import java.util.Optional;

/** inet4 and inet6 of MariaDB 10.10 and 10.5. */
public final class MySqlInet extends MySqlType {
  static final List<MySqlTypes.Name> NAMES = MySqlTypes.Name.all(MySqlInet::new, "inet4", "inet6");

  private static final int CHARACTERS = "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255".length();

  private MySqlInet(Declaration declared) {
    super(declared);
  }

  @Override
  public Optional<String> becomes(Known known) {
    return Optional.of("inet");
  }

  @Override
  Fit into(PgType target) {
    return target instanceof PgInet ? Fit.by(Conversion.NONE) : printed(target, CHARACTERS);
  }

  @Override
  public boolean alike(PgType target) {
    return target instanceof PgInet;
  }

  @Override
  public KeyText keyText() {
    return KeyText.TEXT;
  }
}

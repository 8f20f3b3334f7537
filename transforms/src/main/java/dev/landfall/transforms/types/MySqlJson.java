package dev.landfall.transforms.types;

import java.util.List;
import java.util.Optional;

/** json; MariaDB's is a longtext with a check. */
public final class MySqlJson extends MySqlType {
  static final List<MySqlTypes.Name> NAMES = MySqlTypes.Name.all(MySqlJson::new, "json");

  private MySqlJson(Declaration declared) {
    super(declared);
  }

  @Override
  public Optional<String> becomes(Known known) {
    return Optional.of("jsonb");
  }

  @Override
  Fit into(PgType target) {
    return target instanceof PgJson
        ? Fit.by(Conversion.NONE)
        : text(target, Conversion.TEXT, Long.MAX_VALUE);
  }

  @Override
  public boolean alike(PgType target) {
    return target instanceof PgJson;
  }

  @Override
  public String words() {
    return declared().dataType();
  }

  /** Its bytes are not those that were written. */
  @Override
  public boolean hashed() {
    return false;
  }

  @Override
  public Optional<String> why(PgType target) {
    return String.valueOf(target).equals("jsonb")
        ? Optional.of("parsed: keys in PostgreSQL's order")
        : Optional.empty();
  }
}

package dev.landfall.transforms.types;

import java.util.Optional;

/** A type that nobody knows: what the server prints can still be kept, as text or as bytes. */
public final class MySqlOther extends MySqlType {
  MySqlOther(Declaration declared) {
    super(declared);
  }

  @Override
  public Optional<String> becomes(Known known) {
    return Optional.empty();
  }

  @Override
  Fit into(PgType target) {
    return text(target, Conversion.TEXT, Long.MAX_VALUE);
  }

  @Override
  boolean isBytes() {
    return true;
  }
}

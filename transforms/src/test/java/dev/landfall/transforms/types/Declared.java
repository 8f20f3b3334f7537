package dev.landfall.transforms.types;

import org.jspecify.annotations.Nullable;

/** A type that is declared with nothing but its text. */
record Declared(String columnType) implements Declaration {
  @Override
  public String dataType() {
    return columnType.replaceFirst("[ (].*", "");
  }

  @Override
  public @Nullable String characterSet() {
    return null;
  }

  @Override
  public @Nullable Long length() {
    return null;
  }

  @Override
  public @Nullable Integer precision() {
    String number = columnType.replaceAll("\\D", "");
    return number.isEmpty() ? null : Integer.valueOf(number);
  }

  @Override
  public @Nullable Integer scale() {
    return null;
  }

  @Override
  public @Nullable Integer fraction() {
    return null;
  }

  /** How its values become those of a type. */
  Conversion to(String ddl) {
    return type().fit(PgType.parse(ddl)).conversion().orElseThrow();
  }
}

package dev.landfall.transforms.types;

import java.util.Optional;

/** What types have in common whose values a person wrote as words. */
abstract class MySqlCharacters extends MySqlType {
  MySqlCharacters(Declaration declared) {
    super(declared);
  }

  @Override
  Fit into(PgType target) {
    return text(target, Conversion.TEXT, length());
  }

  @Override
  public Optional<Conversion> narrowedTo(PgType target) {
    return target instanceof PgText ? Optional.of(Conversion.TEXT) : Optional.empty();
  }

  @Override
  public Optional<KeyInverse> inverse(PgType target, Conversion conversion) {
    return KeyInverse.ofText(declared(), target, conversion);
  }

  @Override
  public Optional<KeyInverse> itself() {
    return SourceText.isOneToOne(declared().characterSet())
        ? Optional.of(KeyInverse.TEXT)
        : Optional.empty();
  }

  @Override
  public boolean pushes(PgType target) {
    return target instanceof PgText && declared().characterSet() != null;
  }

  @Override
  public String pushed(String column) {
    String bytes = SourceText.converted(column, declared().characterSet());
    return "CONCAT(LENGTH(" + bytes + "), ':', " + bytes + ")";
  }
}

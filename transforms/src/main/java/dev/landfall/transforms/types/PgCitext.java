package dev.landfall.transforms.types;

import java.util.List;
import java.util.Optional;

/** A text for which case does not count (PostgreSQL manual F.10). */
public final class PgCitext extends PgText {
  static final List<PgTypes.Name> NAMES =
      List.of(PgTypes.Name.of("citext", PgCitext::new).arrays(PgTextArray::new));

  private static final long serialVersionUID = 1L;

  private PgCitext(TypeText text) {
    super(text);
  }

  /** Only what a person wrote as words. */
  @Override
  Optional<Fit> takes(MySqlType source) {
    return source instanceof MySqlCharacters ? Optional.empty() : Optional.of(source.refused(this));
  }

  @Override
  public String distinct(String one, String other) {
    return exactText(one) + " IS DISTINCT FROM " + exactText(other);
  }

  @Override
  public String keyCast() {
    return ddl();
  }
}

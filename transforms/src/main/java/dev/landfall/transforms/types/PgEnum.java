package dev.landfall.transforms.types;

import java.util.List;
import java.util.Optional;

/**
 * What a spec calls {@code enum}: a type that the migration makes for the column, of the members of
 * the source's.
 */
public final class PgEnum extends PgOther {
  static final List<PgTypes.Name> NAMES = List.of(PgTypes.Name.of("enum", PgEnum::new));

  private static final long serialVersionUID = 1L;

  private PgEnum(TypeText text) {
    super(text);
  }

  @Override
  Optional<Fit> takes(MySqlType source) {
    return Optional.of(
        source instanceof MySqlEnum members
            ? members.asLabels()
            : source.refuse("an enum is made of the members of an enum, not of "));
  }
}

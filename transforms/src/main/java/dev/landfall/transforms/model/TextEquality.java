package dev.landfall.transforms.model;

import dev.landfall.transforms.types.MySqlText;
import java.util.Locale;
import java.util.Optional;

/** What becomes of the source's collation of a text column: which texts the target calls equal. */
public enum TextEquality {
  /** Texts of the same bytes, and nothing else is done. */
  BINARY,
  /**
   * Texts of the same bytes, but beside each key there is a further unique index, which forbids
   * what the source's collation calls equal.
   */
  UNIQUE,
  /** The column itself has an ICU collation that comes nearest to the source's. */
  ICU,
  /** The column has the type {@code citext} (PostgreSQL manual F.10). */
  CITEXT;

  /** The word for it in a spec. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a column has a collation of the source to which this makes a difference. */
  public static boolean matters(SourceColumn column) {
    return collation(column).filter(c -> !c.exact()).isPresent();
  }

  /** Whether a column is of text whose collation does not mind case or accents. */
  public static boolean folds(SourceColumn column) {
    return collation(column).filter(SourceCollation::folds).isPresent();
  }

  /** The collation of a column of text; an enum's and a set's members are told apart anyway. */
  public static Optional<SourceCollation> collation(SourceColumn column) {
    return column.type() instanceof MySqlText
        ? Optional.ofNullable(column.collation()).map(SourceCollation::of)
        : Optional.empty();
  }
}

package dev.landfall.transforms.types;

import java.util.List;

/** pgvector's vector. */
public final class PgVector extends PgFloats {
  static final List<PgTypes.Name> NAMES =
      List.of(PgTypes.Name.of("vector", PgVector::new).ofExtension());

  /** The most that a column is declared with. */
  static final int MOST_DIMENSIONS = 16_000;

  private static final long serialVersionUID = 1L;

  private PgVector(TypeText text) {
    super(text, '[', ']');
  }
}

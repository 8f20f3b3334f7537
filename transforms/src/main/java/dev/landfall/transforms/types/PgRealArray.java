package dev.landfall.transforms.types;

/** real[], which a vector becomes where pgvector is not. */
public final class PgRealArray extends PgFloats {
  private static final long serialVersionUID = 1L;

  private PgRealArray(TypeText text) {
    super(text, '{', '}');
  }

  static PgType of(TypeText text) {
    return new PgRealArray(text);
  }
}

package dev.landfall.transforms.types;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** PostGIS's geometry (its manual, 4.6). */
public final class PgGeometry extends PgOther {
  static final List<PgTypes.Name> NAMES =
      List.of(PgTypes.Name.of("geometry", PgGeometry::new).ofExtension());

  /** PostGIS takes a larger one for another without an error ({@code clamp_srid}). */
  static final long MAX_SRID = 999_999;

  private static final long serialVersionUID = 1L;

  private final @Nullable String shape;

  /** 0 for any. */
  private final int srid;

  private PgGeometry(TypeText text) {
    super(text);
    this.shape = text.word();
    this.srid = text.modifiers().isEmpty() ? 0 : text.modifiers().get(0);
  }

  /** Whether it holds geometries of that shape, as PostGIS names it. */
  boolean holds(String declared) {
    return shape == null || shape.equals("Geometry") || shape.equals(declared);
  }

  /** The only reference system that its values have, 0 for any. */
  int srid() {
    return srid;
  }
}

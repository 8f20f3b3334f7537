package dev.landfall.transforms.types;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The spatial types (MySQL manual 11.4). */
public final class MySqlGeometry extends MySqlType {
  /** MySQL 8 calls the collection {@code geomcollection}, all others {@code geometrycollection}. */
  static final List<MySqlTypes.Name> NAMES =
      Stream.concat(
              MySqlTypes.Name.all(
                  MySqlGeometry::new,
                  "geometry",
                  "point",
                  "linestring",
                  "polygon",
                  "multipoint",
                  "multilinestring",
                  "multipolygon",
                  "geomcollection")
                  .stream(),
              Stream.of(
                  MySqlTypes.Name.of("geometrycollection", MySqlGeometry::new, "geomcollection")))
          .toList();

  private MySqlGeometry(Declaration declared) {
    super(declared);
  }

  /** PostGIS's name for the type: MySQL's in other letters (PostGIS manual 4.6). */
  private String shape() {
    return switch (declared().dataType()) {
      case "point" -> "Point";
      case "linestring" -> "LineString";
      case "polygon" -> "Polygon";
      case "multipoint" -> "MultiPoint";
      case "multilinestring" -> "MultiLineString";
      case "multipolygon" -> "MultiPolygon";
      case "geomcollection", "geometrycollection" -> "GeometryCollection";
      default -> "Geometry";
    };
  }

  private long srid() {
    return Objects.requireNonNullElse(declared().srid(), 0L);
  }

  @Override
  public Optional<String> becomes(Known known) {
    Optional<String> geometry = known.extensionType("geometry");
    if (geometry.isEmpty()) {
      return Optional.of("bytea");
    }
    if (srid() == 0) {
      return geometry.map(g -> g + (shape().equals("Geometry") ? "" : "(" + shape() + ")"));
    }
    if (srid() > PgGeometry.MAX_SRID) {
      return Optional.of("bytea");
    }
    return geometry.map(g -> g + "(" + shape() + "," + srid() + ")");
  }

  /** Each value's type and SRID are judged while loading where the declaration leaves them open. */
  @Override
  Fit into(PgType target) {
    if (target instanceof PgBytea) {
      return Fit.by(GeometryValue.toBytes());
    }
    if (!(target instanceof PgGeometry geometry)) {
      return text(target, GeometryValue.toText(), Long.MAX_VALUE);
    }
    boolean same = geometry.srid() == 0 || declared().srid() == null || srid() == geometry.srid();
    return geometry.holds(shape()) && same && srid() <= PgGeometry.MAX_SRID
        ? Fit.by(GeometryValue.to(geometry))
        : refused(target);
  }

  @Override
  public boolean hashed() {
    return false;
  }

  @Override
  public Optional<String> why(PgType target) {
    return target instanceof PgBytea
        ? Optional.of("EWKB; a type of PostGIS where the target has that")
        : Optional.empty();
  }
}

package dev.landfall.transforms.types;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.model.ColumnName;
import dev.landfall.transforms.model.Conversion;
import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.SourceCatalog.Product;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.SourceType;
import dev.landfall.transforms.model.TargetType;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses PostgreSQL's type for each column of the source: the narrowest common type that holds
 * every value the source's type can hold.
 */
public final class TypeMapper {
  /** The most that pgvector's {@code vector} is declared with. */
  private static final int PGVECTOR_DIMENSIONS = 16_000;

  private final Product product;
  private final ProvedTypes proved;
  private final Set<String> extensionTypes;

  /**
   * What a column becomes.
   *
   * @param type the target type
   * @param conversion what is done to the source's bytes
   */
  public record Mapped(TargetType type, Conversion conversion) implements Serializable {}

  /**
   * Maps without knowing how tables refer to one another: every {@code bigint unsigned} becomes
   * {@code numeric(20)}.
   *
   * @param booleans the tinyint(1) columns proved to hold nothing but 0, 1 and NULL
   */
  public TypeMapper(Set<ColumnName> booleans) {
    this(Product.MYSQL, new ProvedTypes(booleans, Set.of(), Set.of()), Set.of());
  }

  /**
   * Maps with what is known without a look at values: a {@code bigint unsigned} that the server
   * numbers becomes {@code bigint} while its counter, which is above every value, fits there, so
   * that it can be an identity column; the foreign keys that refer to it follow.
   *
   * @param booleans the tinyint(1) columns proved to hold nothing but 0, 1 and NULL
   */
  public TypeMapper(SourceCatalog catalog, Set<ColumnName> booleans) {
    this(
        catalog.product(),
        new ProvedTypes(
            booleans,
            UnsignedKeys.of(catalog, column -> true, Map.of()).bigints(Set.of()),
            Set.of()),
        Set.of());
  }

  /**
   * Maps with what values have proved.
   *
   * @param extensionTypes PostGIS's {@code geometry} and pgvector's {@code vector} as definitions
   *     in the target have to name them, as far as the target has them
   */
  public TypeMapper(Product product, ProvedTypes proved, Set<String> extensionTypes) {
    this.product = product;
    this.proved = proved;
    this.extensionTypes = Set.copyOf(extensionTypes);
  }

  /**
   * The type that a column gets when nobody says another.
   *
   * @throws MigrationException for a type that is not known, naming table and column
   */
  public Mapped map(SourceTable table, SourceColumn column) {
    ColumnName name = new ColumnName(table.name(), column.name());
    SourceType type =
        SourceType.of(column)
            .orElseThrow(
                () ->
                    new MigrationException(
                        MigrationException.Kind.USAGE,
                        name
                            + " has the type "
                            + column.columnType()
                            + ", which Landfall has no PostgreSQL type for. Give the column"
                            + " `type: text` (or `type: bytea`) in the table's mapping to keep what"
                            + " the source prints, or omit the column."));
    TargetType target = TypeText.parse(choose(type, name, column)).type();
    TypeFit fit = TypeFit.of(column, target);
    return new Mapped(
        target, fit.conversion().orElseThrow(() -> new IllegalStateException(fit.reason())));
  }

  private String choose(SourceType type, ColumnName name, SourceColumn column) {
    boolean unsigned = column.unsigned();
    return switch (type) {
      case TINYINT -> proved.booleans().contains(name) ? "boolean" : "smallint";
      case SMALLINT -> unsigned ? "integer" : "smallint";
      case MEDIUMINT -> "integer";
      case INT -> unsigned ? "bigint" : "integer";
      case BIGINT -> unsigned && !proved.bigints().contains(name) ? "numeric(20)" : "bigint";
      case DECIMAL -> "numeric(" + column.precision() + "," + column.scale() + ")";
      case FLOAT -> "real";
      case DOUBLE -> "double precision";
      // MySQL strips a char's trailing blanks on reading (manual 11.3.2), PostgreSQL pads them.
      // varchar(0) exists only in MySQL.
      case CHAR, VARCHAR ->
          "varchar(" + Math.max(1, column.length() == null ? 1 : column.length()) + ")";
      case TEXT, ENUM -> "text";
      case SET -> "text[]";
      case JSON -> "jsonb";
      case DATE -> "date";
      case DATETIME -> "timestamp(" + fraction(column) + ")";
      case TIMESTAMP -> "timestamptz(" + fraction(column) + ")";
      // A MySQL time is a span of up to 838 hours either way (manual 11.2.3).
      case TIME -> "interval(" + fraction(column) + ")";
      case YEAR -> "smallint";
      case BIT -> bits(column) == 1 ? "boolean" : "bit(" + bits(column) + ")";
      case BINARY -> "bytea";
      case GEOMETRY -> geometry(column);
      case VECTOR -> vector(column);
      case UUID -> "uuid";
      case INET -> "inet";
    };
  }

  /** The types of PostGIS have MySQL's names in other letters (PostGIS manual 4.6). */
  private String geometry(SourceColumn column) {
    Optional<String> geometry = extensionType("geometry");
    Long srid = column.srid();
    if (geometry.isEmpty()) {
      return "bytea";
    }
    String shape = shape(column);
    if (srid == null || srid == 0) {
      return geometry.get() + (shape.equals("Geometry") ? "" : "(" + shape + ")");
    }
    TargetType restricted = parse(geometry.get() + "(" + shape + "," + srid + ")");
    return TypeFit.of(column, restricted).conversion().isPresent() ? restricted.ddl() : "bytea";
  }

  /** PostGIS's name for the type of a geometry column. */
  static String shape(SourceColumn column) {
    return switch (column.dataType()) {
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

  /**
   * A vector of MariaDB has as many floats as declared, one of MySQL may have fewer, which only
   * pgvector's type without a number takes.
   */
  private String vector(SourceColumn column) {
    Optional<String> vector = extensionType("vector");
    Optional<Integer> dimensions = DeclaredType.of(column).number();
    if (vector.isEmpty() || dimensions.filter(d -> d > PGVECTOR_DIMENSIONS).isPresent()) {
      return "real[]";
    }
    return product == Product.MARIADB && dimensions.isPresent()
        ? vector.get() + "(" + dimensions.get() + ")"
        : vector.get();
  }

  private Optional<String> extensionType(String name) {
    return extensionTypes.stream().filter(t -> TypeText.parse(t).name().equals(name)).findFirst();
  }

  private static int fraction(SourceColumn column) {
    return column.fraction() == null ? 0 : column.fraction();
  }

  private static int bits(SourceColumn column) {
    return column.precision() == null ? 1 : column.precision();
  }

  /**
   * The type that a text names, in one spelling whatever alias was used: {@code int8} and {@code
   * bigint}, {@code character varying(20)} and {@code varchar(20)} are equal.
   *
   * @param postgresType as a user writes it or {@code format_type()} prints it
   * @throws MigrationException when the text is no type
   */
  public static TargetType parse(String postgresType) {
    return TypeText.parse(postgresType).type();
  }

  /** The conversion by which every value of the column fits the type; empty is a refusal. */
  public static Optional<Conversion> conversion(SourceColumn column, TargetType target) {
    return TypeFit.of(column, target).conversion();
  }

  /**
   * Why the column does not fit the type, in words such as {@code varchar(20) holds 20 characters,
   * fewer than the source's varchar(40)}; empty when it fits.
   */
  public static Optional<String> misfit(SourceColumn column, TargetType target) {
    TypeFit fit = TypeFit.of(column, target);
    return fit.conversion().isPresent() ? Optional.empty() : Optional.of(fit.reason());
  }
}

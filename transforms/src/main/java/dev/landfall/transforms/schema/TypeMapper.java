package dev.landfall.transforms.schema;

import dev.landfall.transforms.MigrationException;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Chooses PostgreSQL's type for each column of the source: the narrowest common type that holds
 * every value the source's type can hold.
 */
public final class TypeMapper {
  private final Set<ColumnName> booleans;
  private final Set<ColumnName> bigints;

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
   * @param booleans the tinyint(1) columns proved to hold nothing but 0, 1 and NULL, see {@link
   *     TinyintScan}
   */
  public TypeMapper(Set<ColumnName> booleans) {
    this.booleans = Set.copyOf(booleans);
    this.bigints = Set.of();
  }

  /**
   * Maps keys and what refers to them alike. A {@code bigint unsigned} that the server numbers
   * becomes {@code bigint} while its counter, which is above every value, fits there; so it can be
   * an identity column, which PostgreSQL has for integers only. The foreign keys that refer to it
   * follow.
   *
   * @param booleans the tinyint(1) columns proved to hold nothing but 0, 1 and NULL, see {@link
   *     TinyintScan}
   */
  public TypeMapper(SourceCatalog catalog, Set<ColumnName> booleans) {
    this.booleans = Set.copyOf(booleans);
    this.bigints = bigints(catalog);
  }

  private static Set<ColumnName> bigints(SourceCatalog catalog) {
    Set<ColumnName> found = new HashSet<>();
    for (SourceTable table : catalog.tables()) {
      BigInteger next = table.nextAutoIncrement();
      table.columns().stream()
          .filter(c -> c.autoIncrement() && isBigintUnsigned(c))
          .filter(c -> next == null || next.bitLength() < Long.SIZE)
          .forEach(c -> found.add(new ColumnName(table.name(), c.name())));
    }
    // A key may refer to a key that refers to a third: again until nothing is new.
    int before;
    do {
      before = found.size();
      for (SourceTable table : catalog.tables()) {
        for (SourceForeignKey key : table.foreignKeys()) {
          IntStream.range(0, key.columns().size())
              .filter(
                  i ->
                      catalog
                          .table(key.referenced())
                          .flatMap(t -> t.column(key.referencedColumns().get(i)))
                          .map(c -> new ColumnName(key.referenced(), c.name()))
                          .filter(found::contains)
                          .isPresent())
              .mapToObj(i -> table.column(key.columns().get(i)))
              .flatMap(Optional::stream)
              .filter(TypeMapper::isBigintUnsigned)
              .forEach(c -> found.add(new ColumnName(table.name(), c.name())));
        }
      }
    } while (found.size() > before);
    return found;
  }

  private static boolean isBigintUnsigned(SourceColumn column) {
    return column.dataType().equals("bigint") && column.unsigned();
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
      case TINYINT -> booleans.contains(name) ? "boolean" : "smallint";
      case SMALLINT -> unsigned ? "integer" : "smallint";
      case MEDIUMINT -> "integer";
      case INT -> unsigned ? "bigint" : "integer";
      case BIGINT -> unsigned && !bigints.contains(name) ? "numeric(20)" : "bigint";
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
      // Geometry as the server keeps it: four bytes of SRID, then WKB (manual 11.4.3).
      case BINARY, GEOMETRY -> "bytea";
      case UUID -> "uuid";
      case INET -> "inet";
    };
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

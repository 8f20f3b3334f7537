package dev.landfall.transforms.choose;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.model.ColumnName;
import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.SourceCatalog.Product;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.types.Conversion;
import dev.landfall.transforms.types.Fit;
import dev.landfall.transforms.types.MySqlType;
import dev.landfall.transforms.types.PgType;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;

/**
 * Chooses PostgreSQL's type for each column of the source: the narrowest common type that holds
 * every value the source's type can hold.
 */
public final class TypeMapper {
  private final Product product;
  private final ProvedTypes proved;
  private final Set<String> extensionTypes;

  /**
   * What a column becomes.
   *
   * @param type the target type
   * @param conversion what is done to the source's bytes
   */
  public record Mapped(PgType type, Conversion conversion) implements Serializable {}

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
    MySqlType type = column.type();
    String becomes =
        type.becomes(
                new MySqlType.Known(
                    product == Product.MARIADB,
                    proved.booleans().contains(name),
                    proved.bigints().contains(name),
                    extensionTypes))
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
    PgType target = PgType.parse(becomes);
    Fit fit = type.fit(target);
    return new Mapped(
        target,
        fit.conversion()
            .orElseThrow(() -> new IllegalStateException(fit.misfit().orElse(becomes))));
  }
}

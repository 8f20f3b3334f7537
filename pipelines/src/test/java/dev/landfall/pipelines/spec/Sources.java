package dev.landfall.pipelines.spec;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceForeignKey;
import dev.landfall.transforms.model.SourceIndex;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.types.Conversion;
import dev.landfall.transforms.types.PgText;
import dev.landfall.transforms.types.PgType;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Source tables and a plain choice of types for tests of the resolver. */
final class Sources {
  private Sources() {}

  /** A column written as in DDL: {@code "email varchar(120) NOT NULL"}, {@code … generated}. */
  static SourceColumn column(String ddl) {
    String[] words = ddl.split(" ", 3);
    String rest = words.length > 2 ? words[2] : "";
    boolean text = words[1].startsWith("varchar");
    return new SourceColumn(
        words[0],
        words[1].replaceFirst("\\(.*", ""),
        words[1],
        !rest.contains("NOT NULL"),
        null,
        false,
        rest.contains("auto_increment"),
        rest.contains("generated") ? "1" : null,
        text ? "utf8mb4" : null,
        text ? "utf8mb4_bin" : null,
        null,
        null,
        null,
        null,
        false,
        "");
  }

  /** A table with a primary key over these columns, none when empty. */
  static SourceTable table(String name, List<String> key, String... columns) {
    return table(name, key, 0, columns);
  }

  static SourceTable table(String name, List<String> key, long rows, String... columns) {
    List<SourceIndex> indexes =
        key.isEmpty() ? List.of() : List.of(index(SourceIndex.PRIMARY, key));
    return new SourceTable(
        new TableName("shop", name),
        Arrays.stream(columns).map(Sources::column).toList(),
        indexes,
        name.equals("orders")
            ? List.of(
                new SourceForeignKey(
                    "fk_user",
                    List.of("user_id"),
                    new TableName("shop", "users"),
                    List.of("id"),
                    "NO ACTION",
                    "CASCADE"))
            : List.of(),
        BigInteger.valueOf(rows),
        "",
        rows,
        rows);
  }

  private static SourceIndex index(String name, List<String> columns) {
    return new SourceIndex(
        name,
        true,
        "BTREE",
        columns.stream().map(c -> new SourceIndex.Part(c, null, null, false)).toList());
  }

  static SourceCatalog catalog(SourceTable... tables) {
    return new SourceCatalog(SourceCatalog.Product.MYSQL, "8.0.15", List.of(tables));
  }

  /** Types by the same name, or the nearest there is; geometry has none. */
  static final TypeChooser TYPES =
      new TypeChooser() {
        @Override
        public Chosen choose(SourceTable table, SourceColumn column) {
          if (column.dataType().equals("geometry")) {
            throw new MigrationException(Kind.USAGE, "geometry is not known.");
          }
          return new Chosen(
              parse(
                  column
                      .columnType()
                      .replace("datetime", "timestamp")
                      .replace("tinyint(1)", "boolean")
                      .replaceFirst("^enum.*", "text")),
              way(column));
        }

        @Override
        public PgType parse(String type) {
          String name = type.replaceFirst("\\(.*", "");
          if (!name.matches(
              "smallint|int|integer|bigint|numeric|varchar|char|text|date|timestamp|timestamptz|boolean")) {
            throw new MigrationException(Kind.USAGE, "\"" + type + "\" is no type.");
          }
          return PgType.parse(type);
        }

        @Override
        public Optional<Conversion> conversion(SourceColumn column, PgType type) {
          boolean lossy = column.dataType().equals("varchar") && !(type instanceof PgText);
          return lossy ? Optional.empty() : Optional.of(way(column));
        }

        @Override
        public Optional<String> misfit(SourceColumn column, PgType type) {
          return Optional.of("text is no number");
        }
      };

  private static Conversion way(SourceColumn column) {
    return column.dataType().equals("datetime") ? Conversion.DATE : Conversion.NONE;
  }
}

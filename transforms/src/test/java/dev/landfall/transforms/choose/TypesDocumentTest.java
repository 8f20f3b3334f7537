package dev.landfall.transforms.choose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.transforms.catalog.ValueScan;
import dev.landfall.transforms.model.ColumnName;
import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.SourceCatalog.Product;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.sql.SourceSql;
import dev.landfall.transforms.types.PgType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The table in {@code docs/types.md}, made from the code. The test fails when the file says
 * something else.
 */
class TypesDocumentTest {
  private static final String WRITE = "landfall.docs.write";
  private static final String AGAIN =
      "mvn -pl transforms -am test -Dtest=TypesDocumentTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -D"
          + WRITE
          + "=true";

  private static final String BEGIN = "<!-- Made from the code by TypesDocumentTest. -->\n";
  private static final String END = "<!-- The end of what is made from the code. -->\n";

  private static final List<String> DECLARED =
      List.of(
          "tinyint",
          "tinyint unsigned",
          "tinyint(1)",
          "smallint",
          "smallint unsigned",
          "mediumint",
          "mediumint unsigned",
          "int",
          "int unsigned",
          "int(10) unsigned zerofill",
          "bigint",
          "bigint unsigned",
          "decimal(12,2)",
          "decimal(65,30) unsigned",
          "float",
          "float(7,3) unsigned zerofill",
          "double",
          "double(10,2) unsigned zerofill",
          "bit(1)",
          "bit(64)",
          "date",
          "datetime",
          "datetime(6)",
          "timestamp",
          "timestamp(6)",
          "time",
          "time(6)",
          "year",
          "char(0)",
          "char(36)",
          "varchar(255)",
          "tinytext",
          "text",
          "mediumtext",
          "longtext",
          "binary(16)",
          "varbinary(255)",
          "tinyblob",
          "blob",
          "mediumblob",
          "longblob",
          "enum('a','b')",
          "set('a','b')",
          "json",
          "geometry",
          "point",
          "point srid 4326",
          "linestring",
          "polygon",
          "multipoint",
          "multilinestring",
          "multipolygon",
          "geomcollection",
          "geometrycollection",
          "vector(2048)",
          "uuid",
          "inet4",
          "inet6");

  private static final List<String> CANDIDATES =
      List.of(
          "boolean",
          "smallint",
          "integer",
          "bigint",
          "numeric",
          "real",
          "double precision",
          "text",
          "bytea",
          "date",
          "time",
          "interval",
          "timestamp",
          "timestamptz",
          "json",
          "jsonb",
          "varbit",
          "uuid",
          "text[]",
          "enum",
          "citext",
          "inet",
          "real[]",
          "geometry",
          "vector");

  private static final TableName TABLE = new TableName("shop", "t");

  @Test
  void saysWhatTheCodeDoes() throws IOException {
    Path file = Path.of("..", "docs", "types.md");
    String text = Files.readString(file);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    assertThat(begin).isGreaterThan(BEGIN.length());
    assertThat(end).isGreaterThan(begin);
    String made = text.substring(0, begin) + "\n" + table() + "\n" + text.substring(end);
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(file, made);
    }

    assertThat(Files.readString(file))
        .as("docs/types.md differs from what the code does; make it again: %s", AGAIN)
        .isEqualTo(made);
  }

  private static String table() {
    return Stream.concat(
            Stream.of(
                "| source | becomes | read as | done to a value | what counts in a comparison |"
                    + " may become instead |\n| --- | --- | --- | --- | --- | --- |"),
            DECLARED.stream().map(TypesDocumentTest::row))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String row(String declared) {
    SourceColumn column = column(declared);
    TypeMapper.Mapped mapped = mapped(column, ProvedTypes.NONE, Set.of());
    List<String> becomes = new ArrayList<>();
    becomes.add(code(mapped.type().ddl()));
    alternative(column, proved(column), Set.of(), mapped)
        .forEach(type -> becomes.add(code(type) + " where its values prove that they fit"));
    alternative(column, ProvedTypes.NONE, Set.of("geometry"), mapped)
        .forEach(type -> becomes.add(code(type) + " where PostGIS is"));
    alternative(column, ProvedTypes.NONE, Set.of("vector"), mapped)
        .forEach(type -> becomes.add(code(type) + " where pgvector is"));
    return Stream.of(
            code(declared),
            String.join(", ", becomes),
            code(SourceSql.column(column).replace("`", "")),
            mapped.conversion().words(),
            mapped.type().canonicalWords(),
            CANDIDATES.stream()
                .filter(type -> offered(column, mapped.type(), type))
                .map(TypesDocumentTest::code)
                .collect(Collectors.joining(", ")))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static Stream<String> alternative(
      SourceColumn column, ProvedTypes proved, Set<String> extensions, TypeMapper.Mapped plain) {
    TypeMapper.Mapped other = mapped(column, proved, extensions);
    return other.equals(plain) ? Stream.empty() : Stream.of(other.type().ddl());
  }

  /** Any text might be the text of any type; those types are offered where they are meant. */
  private static boolean offered(SourceColumn column, PgType chosen, String candidate) {
    boolean text = column.characterSet() != null;
    boolean special = List.of("real[]", "geometry", "vector").contains(candidate);
    return !candidate.equals(chosen.ddl())
        && !(text && special)
        && column.type().fit(PgType.parse(candidate)).conversion().isPresent();
  }

  /** What the column's values can prove, if anybody looks at them. */
  private static ProvedTypes proved(SourceColumn column) {
    SourceCatalog catalog = new SourceCatalog(Product.MYSQL, "8.0", List.of(table(column)));
    Set<ColumnName> names = Set.of(new ColumnName(TABLE, column.name()));
    return ValueScan.of(catalog, c -> true, Map.of()).scannedTables().isEmpty()
        ? ProvedTypes.NONE
        : new ProvedTypes(names, names, Set.of());
  }

  private static SourceTable table(SourceColumn column) {
    return new SourceTable(TABLE, List.of(column), List.of(), List.of(), null, "", 0, 0);
  }

  private static TypeMapper.Mapped mapped(
      SourceColumn column, ProvedTypes proved, Set<String> extensions) {
    return new TypeMapper(Product.MYSQL, proved, extensions).map(table(column), column);
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  /** A column as the catalogue describes it. */
  private static SourceColumn column(String declared) {
    String type = declared.replaceAll("[ (].*", "");
    boolean list = type.equals("enum") || type.equals("set");
    List<Integer> numbers =
        !list && declared.contains("(")
            ? Stream.of(declared.replaceAll(".*\\((.*)\\).*", "$1").split(",", -1))
                .map(Integer::valueOf)
                .toList()
            : List.of();
    boolean text = list || type.endsWith("char") || type.endsWith("text");
    return new SourceColumn(
        "c",
        type,
        declared,
        true,
        null,
        false,
        false,
        null,
        text ? "utf8mb4" : null,
        text ? "utf8mb4_bin" : null,
        length(type, numbers),
        number(numbers, 0),
        numbers.size() > 1 ? numbers.get(1) : Integer.valueOf(0),
        number(numbers, 0),
        false,
        "");
  }

  private static @Nullable Long length(String type, List<Integer> numbers) {
    return switch (type) {
      case "char", "varchar", "binary", "varbinary" -> Long.valueOf(numbers.get(0));
      case "tinytext", "tinyblob" -> 255L;
      case "text", "blob" -> 65_535L;
      case "mediumtext", "mediumblob" -> 16_777_215L;
      case "longtext", "longblob" -> 4_294_967_295L;
      case "enum" -> 1L;
      case "set" -> 3L;
      default -> null;
    };
  }

  private static @Nullable Integer number(List<Integer> numbers, int index) {
    return numbers.size() > index ? numbers.get(index) : null;
  }
}

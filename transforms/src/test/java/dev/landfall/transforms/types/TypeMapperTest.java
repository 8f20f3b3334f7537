package dev.landfall.transforms.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.choose.TypeMapper;
import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceForeignKey;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableName;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypeMapperTest {
  private static SourceColumn column(String name, String columnType, boolean autoIncrement) {
    String type = columnType.replaceAll("[ (].*", "");
    List<Integer> numbers =
        columnType.matches("[a-z]+\\([\\d,]+\\).*")
            ? List.of(columnType.replaceAll(".*\\((.*)\\).*", "$1").split(",", -1)).stream()
                .map(Integer::valueOf)
                .toList()
            : List.of();
    Integer first = numbers.isEmpty() ? null : numbers.get(0);
    boolean text = type.endsWith("char") || type.endsWith("binary") || type.equals("enum");
    return new SourceColumn(
        name,
        type,
        columnType,
        true,
        null,
        false,
        autoIncrement,
        null,
        null,
        null,
        text && first != null
            ? Long.valueOf(first)
            : type.equals("text") ? Long.valueOf(65535) : null,
        first,
        numbers.size() > 1 ? numbers.get(1) : Integer.valueOf(0),
        first,
        false,
        "");
  }

  private static SourceTable table(
      String name,
      @Nullable BigInteger next,
      List<SourceForeignKey> keys,
      SourceColumn... columns) {
    return new SourceTable(
        new TableName("shop", name), List.of(columns), List.of(), keys, next, "", 0, 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int8|bigint|PgInteger",
        "INT|integer|PgInteger",
        "decimal ( 12 , 2 )|numeric(12,2)|PgNumeric",
        "numeric|numeric|PgNumeric",
        "character varying(20)|varchar(20)|PgText",
        "character(5)|char(5)|PgChar",
        "bpchar|bpchar|PgChar",
        "timestamp without time zone|timestamp|PgTimestamp",
        "timestamp(3) with time zone|timestamptz(3)|PgTimestamp",
        "time(6) without time zone|time(6)|PgTime",
        "time with time zone|timetz|PgOther",
        "interval(3)|interval(3)|PgInterval",
        "interval day to second(3)|interval day to second(3)|PgInterval",
        "float(24)|real|PgFloat",
        "float|double precision|PgFloat",
        "double  precision|double precision|PgFloat",
        "bit varying(8)|varbit(8)|PgBit",
        "text[]|text[]|PgTextArray",
        "character varying(9)[]|varchar(9)[]|PgTextArray",
        "integer[]|integer[]|PgOther",
        "bool|boolean|PgBoolean",
        "inet|inet|PgInet",
        "GEOMETRY(point,4326)|geometry(Point,4326)|PgGeometry",
        "gis.geometry(MULTIPOINT)|gis.geometry(MultiPoint)|PgGeometry",
        "vector(3)|vector(3)|PgVector",
        "\"a\".\"b\"\"(c\"|\"a\".\"b\"\"(c\"|PgOther",
        "public.\"My Type\"|public.\"My Type\"|PgOther",
      })
  void readsTypesInAnySpelling(String text, String ddl, String family) {
    assertThat(PgType.parse(text).ddl()).isEqualTo(ddl);
    assertThat(PgType.parse(text).getClass().getSimpleName()).isEqualTo(family);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bigserial",
        "text; drop table x",
        "varchar(x)",
        "numeric(99999999999)",
        "numeric(1001)",
        "varchar(10485761)",
        "geometry(Circle)",
        "geometry(Point,x)",
        "a'b"
      })
  void refusesWhatIsNoType(String text) {
    assertThatThrownBy(() -> PgType.parse(text))
        .isInstanceOf(MigrationException.class)
        .hasMessageStartingWith("\"" + text + "\" is not a type of a PostgreSQL column: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tinyint(1)|boolean|NONE",
        "int|bigint|NONE",
        "int|smallint|smallint is narrower than the source's int",
        "int unsigned|integer|NONE",
        "bigint unsigned|bigint|NONE",
        "bigint unsigned|integer|integer is narrower than the source's bigint unsigned",
        "bigint unsigned|numeric(19)|numeric(19) is narrower than the source's bigint unsigned",
        "bigint|double precision|double precision is narrower than the source's bigint",
        "int|varchar(10)|varchar(10) holds 10 characters, fewer than the source's int",
        "int|varchar(11)|NONE",
        "decimal(10,2)|numeric(10,3)|numeric(10,3) is narrower than the source's decimal(10,2)",
        "decimal(10,2)|numeric(11,3)|NONE",
        "decimal(10,2)|numeric|NONE",
        "decimal(9,0)|integer|NONE",
        "decimal(10,0)|integer|integer is narrower than the source's decimal(10,0)",
        "decimal(10,2)|double precision|"
            + "double precision can't take every value of the source's decimal(10,2)",
        "double|real|real can't take every value of the source's double",
        "varchar(40)|varchar(20)|"
            + "varchar(20) holds 20 characters, fewer than the source's varchar(40)",
        "varchar(40)|char(40)|TEXT",
        "varchar(40)|citext|TEXT",
        "varchar(40)|integer|integer can't take every value of the source's varchar(40)",
        "text|varchar(255)|varchar(255) holds 255 characters, fewer than the source's text",
        "json|json|NONE",
        "datetime(6)|timestamp(3)|"
            + "timestamp(3) rounds the fraction of a second of the source's datetime(6)",
        "datetime(6)|timestamp|DATE",
        "datetime|date|date can't take every value of the source's datetime",
        "time|time|NONE",
        "bit(8)|bit(8)|BIT",
        "bit(8)|bit(9)|bit(9) holds 9 bits, not the 8 of the source's bit(8)",
        "bit(8)|varbit(9)|BIT",
        "bit(8)|boolean|boolean can't take every value of the source's bit(8)",
        "binary(16)|bytea|BYTEA",
        "binary(16)|uuid|uuid can't take every value of the source's binary(16)",
        "xmltype|text|TEXT",
        "xmltype|bytea|BYTEA",
        "vector(3)|real[]|VECTOR",
        "vector(3)|vector(3)|VECTOR_TEXT",
        "vector(3)|text|VECTOR_TEXT",
        "vector(3)|bytea|BYTEA",
        "vector(3)|bigint[]|bigint[] can't take every value of the source's vector(3)",
        "point|bytea|GEOMETRY_BYTES",
        "point|text|GEOMETRY_TEXT",
        "point|geometry|GEOMETRY",
        "point|geometry(Point)|GEOMETRY",
        "point|gis.geometry(Point,4326)|GEOMETRY",
        "point|geometry(Polygon)|"
            + "geometry(Polygon) can't take every value of the source's point",
        "geometry|geometry(Point)|"
            + "geometry(Point) can't take every value of the source's geometry",
        "point srid 4326|geometry(point,4326)|GEOMETRY",
        "point srid 4326|geometry(Point,3857)|"
            + "geometry(Point,3857) can't take every value of the source's point srid 4326",
        "point srid 4294967295|geometry|"
            + "geometry can't take every value of the source's point srid 4294967295",
        "point|citext|citext can't take every value of the source's point",
        "enum('a','b')|enum|ENUM",
        "enum('a','b')|public.mood|TEXT",
        "enum('?','?')|enum|the source's catalogue prints characters beyond U+FFFF as question"
            + " marks, so that two members look the same",
        "set('a','b')|enum|an enum is made of the members of an enum, not of the source's set",
        "varchar(9)|enum|an enum is made of the members of an enum, not of the source's varchar(9)",
      })
  void decidesWhatFits(String source, String target, String outcome) {
    SourceColumn column = column("c", source, false);
    PgType type = PgType.parse(target);

    Fit fit = column.type().fit(type);

    assertThat(fit.conversion().map(Conversion::toString).or(fit::misfit)).hasValue(outcome);
    assertThat(fit.misfit().isEmpty()).isEqualTo(fit.conversion().isPresent());
  }

  @Test
  void refusesTypesItDoesNotKnow() {
    SourceColumn column = column("embedding", "xmltype", false);

    assertThatThrownBy(
            () -> new TypeMapper(Set.of()).map(table("items", null, List.of(), column), column))
        .isInstanceOf(MigrationException.class)
        .hasMessage(
            "shop.items.embedding has the type xmltype, which Landfall has no PostgreSQL type"
                + " for. Give the column `type: text` (or `type: bytea`) in the table's mapping to"
                + " keep what the source prints, or omit the column.");
  }

  @Test
  void unsignedKeysAndWhatRefersToThemAgree() {
    SourceColumn id = column("id", "bigint unsigned", true);
    SourceColumn plain = column("plain", "bigint unsigned", false);
    SourceColumn up = column("up", "bigint unsigned", false);
    SourceTable far =
        table(
            "far", BigInteger.ONE.shiftLeft(63), List.of(), column("id", "bigint unsigned", true));
    SourceTable a = table("a", BigInteger.TWO, List.of(), id, plain);
    SourceTable b = table("b", null, List.of(reference("a", "id")), up);
    SourceTable c = table("c", null, List.of(reference("b", "up")), up);
    SourceTable d = table("d", null, List.of(reference("far", "id")), up);
    TypeMapper types =
        new TypeMapper(
            new SourceCatalog(SourceCatalog.Product.MYSQL, "8.0.15", List.of(a, b, c, d, far)),
            Set.of());

    assertThat(types.map(a, id).type().ddl()).isEqualTo("bigint");
    assertThat(types.map(a, plain).type().ddl()).isEqualTo("numeric(20)");
    assertThat(types.map(b, up).type().ddl()).isEqualTo("bigint");
    assertThat(types.map(c, up).type().ddl()).isEqualTo("bigint");
    assertThat(types.map(d, up).type().ddl()).isEqualTo("numeric(20)");
    assertThat(types.map(far, far.columns().get(0)).type().ddl()).isEqualTo("numeric(20)");
  }

  private static SourceForeignKey reference(String table, String column) {
    return new SourceForeignKey(
        "fk",
        List.of("up"),
        new TableName("shop", table),
        List.of(column),
        "NO ACTION",
        "NO ACTION");
  }
}

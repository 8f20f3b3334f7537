package dev.landfall.transforms.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.catalog.Servers.Source;
import dev.landfall.transforms.catalog.SourceSchemaReader;
import dev.landfall.transforms.choose.TypeMapper;
import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.sql.SourceSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Declared columns against what is read of them and what they become: type, conversion, default.
 */
class SourceColumnsTest {
  private final List<String> declared = new ArrayList<>();
  private final List<String> expected = new ArrayList<>();

  /** A column declared so becomes that type by that conversion, with that default. */
  private void column(String declaration, String becomes) {
    declared.add(declaration);
    expected.add(declaration + " → " + becomes);
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void everyTypeAndDefault(Source product) throws SQLException {
    boolean mariadb = product == Source.MARIADB;
    column("tinyint", "smallint NONE");
    column("tinyint(1)", "smallint NONE");
    column("tinyint(1) DEFAULT '1'", "smallint NONE 1");
    column("tinyint unsigned", "smallint NONE");
    column("smallint", "smallint NONE");
    column("smallint unsigned", "integer NONE");
    column("mediumint", "integer NONE");
    column("mediumint unsigned", "integer NONE");
    column("int", "integer NONE");
    column("int DEFAULT -1", "integer NONE -1");
    column("int unsigned", "bigint NONE");
    column("int(5) zerofill", "bigint NONE read + 0");
    column("bigint NOT NULL DEFAULT 7", "bigint NONE 7 NOT NULL");
    column("bigint unsigned", "numeric(20) NONE");
    column("decimal(65,30)", "numeric(65,30) NONE");
    column("decimal(10,2) DEFAULT '0.50'", "numeric(10,2) NONE 0.50");
    column("float", "real NONE read * 1e0");
    column("float(7,3) DEFAULT 1.5", "real NONE 1.500 read * 1e0");
    column("double DEFAULT 1e100", "double precision NONE 1e100");
    column("double(10,2) zerofill", "double precision NONE read * 1e0");
    column("char(10)", "varchar(10) TEXT");
    column("char(0)", "varchar(1) TEXT");
    column("varchar(255) NOT NULL DEFAULT ''", "varchar(255) TEXT '' NOT NULL");
    column("varchar(20) DEFAULT 'NULL'", "varchar(20) TEXT 'NULL'");
    column("varchar(20) DEFAULT 'it''s'", "varchar(20) TEXT 'it''s'");
    column("varchar(20) DEFAULT 'a\\\\b\\nc'", "varchar(20) TEXT 'a\\b\nc'");
    column("varchar(20) DEFAULT 'CURRENT_TIMESTAMP'", "varchar(20) TEXT 'CURRENT_TIMESTAMP'");
    column("varchar(20) CHARACTER SET latin1 DEFAULT 'ä'", "varchar(20) TEXT 'ä'");
    column("tinytext", "text TEXT");
    column("text", "text TEXT");
    column("longtext", "text TEXT");
    column("enum('a','it''s','x,y') DEFAULT 'it''s'", "text TEXT 'it''s'");
    column("set('a','b') DEFAULT 'a,b'", "text[] SET '{\"a\",\"b\"}'");
    column("set('a','b') DEFAULT ''", "text[] SET '{}'");
    column("json", "jsonb NONE");
    column("date DEFAULT '2020-02-29'", "date DATE '2020-02-29'");
    column("datetime", "timestamp(0) DATE");
    column("datetime DEFAULT '2020-01-02 03:04:05'", "timestamp(0) DATE '2020-01-02 03:04:05'");
    column("datetime(6) DEFAULT CURRENT_TIMESTAMP(6)", "timestamp(6) DATE CURRENT_TIMESTAMP(6)");
    column(
        "datetime DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP",
        "timestamp(0) DATE CURRENT_TIMESTAMP on update");
    column("timestamp(3) NULL", "timestamptz(3) DATE");
    column(
        "timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP",
        "timestamptz(0) DATE CURRENT_TIMESTAMP NOT NULL");
    column(
        "timestamp NOT NULL DEFAULT '2020-01-01 00:00:00'",
        "timestamptz(0) DATE '2019-12-31 19:00:00+00' NOT NULL");
    column("date DEFAULT '0000-00-00'", "date DATE untranslated 0000-00-00");
    column(
        "timestamp(3) NOT NULL DEFAULT '0000-00-00 00:00:00'",
        "timestamptz(3) DATE untranslated 0000-00-00 00:00:00.000 NOT NULL");
    column("binary(4) DEFAULT 'ab'", "bytea BYTEA '\\x61620000'");
    column(
        "binary(4) NOT NULL DEFAULT 'cd'",
        mariadb
            ? "bytea BYTEA '\\x63640000' NOT NULL"
            : "bytea BYTEA untranslated 0x6364… NOT NULL");
    column("varbinary(10) DEFAULT x'00ff61'", "bytea BYTEA '\\x00ff61'");
    column("time", "interval(0) NONE");
    column("time(3) DEFAULT '-01:00:00.500'", "interval(3) NONE '-01:00:00.500'");
    column("year DEFAULT 2001", "smallint NONE 2001 read + 0");
    column("bit(1) DEFAULT b'1'", "boolean BIT_BOOLEAN true");
    column("bit(8) DEFAULT b'101'", "bit(8) BIT B'00000101'");
    column("binary(4)", "bytea BYTEA");
    column("varbinary(300)", "bytea BYTEA");
    column("longblob", "bytea BYTEA");
    column("geometry", "bytea GEOMETRY_BYTES");
    column("point", "bytea GEOMETRY_BYTES");
    column("int GENERATED ALWAYS AS (1 + 1) STORED", "integer NONE generated");
    if (mariadb) {
      column("uuid", "uuid NONE");
      column("inet6", "inet NONE");
      column("varchar(36) DEFAULT uuid()", "varchar(36) TEXT (CAST(gen_random_uuid() AS text))");
      column("int INVISIBLE", "integer NONE");
      column("longtext CHECK (json_valid(c" + declared.size() + ") OR 1 = 1)", "text TEXT");
      column("json DEFAULT '[]'", "jsonb NONE '[]'");
      column("varbinary(3) DEFAULT 'ab'", "bytea BYTEA '\\x6162'");
    } else {
      column("varchar(36) DEFAULT (uuid())", "varchar(36) TEXT (CAST(gen_random_uuid() AS text))");
      column("geomcollection", "bytea GEOMETRY_BYTES");
      column("point SRID 4326 NOT NULL", "bytea GEOMETRY_BYTES NOT NULL");
    }

    try (FreshDatabase database = product.fresh();
        Connection connection = Servers.open(database)) {
      List<String> columns = new ArrayList<>();
      for (int i = 0; i < declared.size(); i++) {
        columns.add("c" + i + " " + declared.get(i));
      }
      Servers.execute(
          connection,
          "SET sql_mode = ''",
          // Another session's zone: the default is a moment, read in this one's.
          "SET time_zone = '+05:00'",
          "CREATE TABLE t (" + String.join(", ", columns) + ") CHARACTER SET utf8mb4",
          "SET time_zone = '+00:00'");
      SourceCatalog catalog = SourceSchemaReader.read(connection, database.name(), name -> true);

      SourceTable table = catalog.tables().get(0);
      List<String> found = new ArrayList<>();
      for (int i = 0; i < declared.size(); i++) {
        found.add(declared.get(i) + " → " + described(catalog, table, table.columns().get(i)));
      }
      assertThat(String.join("\n", found)).isEqualTo(String.join("\n", expected));
    }
  }

  private static String described(SourceCatalog catalog, SourceTable table, SourceColumn column) {
    TypeMapper.Mapped mapped = new TypeMapper(Set.of()).map(table, column);
    ColumnDefault byDefault =
        ColumnDefault.of(catalog.product(), column, mapped.type(), name -> Optional.empty());
    String expression = SourceSql.column(column);
    int name = column.name().length() + 2;
    return mapped.type()
        + " "
        + mapped.conversion()
        + (byDefault.sql() == null ? "" : " " + byDefault.sql())
        + (byDefault.untranslated() == null ? "" : " untranslated " + byDefault.untranslated())
        + (column.nullable() ? "" : " NOT NULL")
        + (column.onUpdateNow() ? " on update" : "")
        + (column.generated() == null ? "" : " generated")
        + (expression.length() == name ? "" : " read" + expression.substring(name));
  }
}

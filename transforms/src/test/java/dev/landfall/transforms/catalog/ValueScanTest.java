package dev.landfall.transforms.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.catalog.Servers.Source;
import dev.landfall.transforms.choose.ProvedTypes;
import dev.landfall.transforms.choose.TypeMapper;
import dev.landfall.transforms.model.ColumnName;
import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.sql.SourceSql;
import dev.landfall.transforms.types.PgType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ValueScanTest {
  @ParameterizedTest
  @EnumSource(Source.class)
  void provesWhatHoldsOnlyZeroOneAndNull(Source product) throws Exception {
    try (FreshDatabase database = product.fresh();
        Connection connection = Servers.open(database)) {
      Servers.execute(
          connection,
          """
          CREATE TABLE a (
            id tinyint(1) PRIMARY KEY, flag tinyint(1) NOT NULL, maybe tinyint(1), nothing tinyint(1),
            two tinyint(1), minus tinyint(1), wide tinyint(4), positive tinyint(1) unsigned,
            chosen tinyint(1))""",
          "INSERT INTO a VALUES (1, 0, NULL, NULL, 2, -1, 1, 1, 1), (0, 1, 1, NULL, 1, NULL, 1, 1, 1)",
          "CREATE TABLE b (`odd ``name` tinyint(1))",
          "CREATE TABLE c (id int, chosen tinyint(1))");
      SourceCatalog catalog = SourceSchemaReader.read(connection, database.name(), table -> true);
      List<SourceTable> tables = catalog.tables();
      TableName a = tables.get(0).name();
      TableName b = tables.get(1).name();

      ValueScan scan = ValueScan.of(catalog, c -> !c.column().equals("chosen"), Map.of());
      assertThat(scan.scannedTables()).containsExactlyInAnyOrder(a, b);
      ProvedTypes proved = scan.run(() -> Servers.open(database), 2);
      assertThat(proved.booleans())
          .containsExactlyInAnyOrder(
              new ColumnName(a, "flag"),
              new ColumnName(a, "maybe"),
              new ColumnName(a, "nothing"),
              new ColumnName(b, "odd `name"));
      assertThat(proved.bigints()).isEmpty();
      TypeMapper types = new TypeMapper(catalog.product(), proved, Set.of());
      assertThat(
              tables.get(0).columns().stream().map(c -> types.map(tables.get(0), c).type().ddl()))
          .containsExactly(
              "smallint",
              "boolean",
              "boolean",
              "boolean",
              "smallint",
              "smallint",
              "smallint",
              "smallint",
              "smallint");

      Servers.execute(connection, "DROP TABLE b");
      assertThatThrownBy(() -> scan.run(() -> Servers.open(database), 2))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("doesn't exist");
    }
  }

  /** One value that does not fit keeps everything that foreign keys connect at numeric. */
  @ParameterizedTest
  @EnumSource(Source.class)
  void provesUnsignedKeysTogetherWithWhatRefersToThem(Source product) throws Exception {
    String most = "9223372036854775807";
    String more = "9223372036854775808";
    try (FreshDatabase database = product.fresh();
        Connection connection = Servers.open(database)) {
      Servers.execute(
          connection,
          // A counter proves its column and what refers to it; nobody looks at the values.
          "CREATE TABLE counted (id bigint unsigned AUTO_INCREMENT PRIMARY KEY)",
          "CREATE TABLE counting (counted bigint unsigned REFERENCES counted (id), flag tinyint(1),"
              + " FOREIGN KEY (counted) REFERENCES counted (id))",
          "CREATE TABLE high (id bigint unsigned AUTO_INCREMENT PRIMARY KEY) AUTO_INCREMENT="
              + more,
          "CREATE TABLE highest (high bigint unsigned, FOREIGN KEY (high) REFERENCES high (id))",
          // Keys without a counter, two steps of references, and the way back.
          "CREATE TABLE good (id bigint unsigned PRIMARY KEY)",
          "CREATE TABLE better (id bigint unsigned PRIMARY KEY, FOREIGN KEY (id) REFERENCES good (id))",
          "CREATE TABLE best (n int, good bigint unsigned, FOREIGN KEY (good) REFERENCES better (id))",
          "CREATE TABLE bad (id bigint unsigned PRIMARY KEY)",
          "CREATE TABLE worse (bad bigint unsigned, FOREIGN KEY (bad) REFERENCES bad (id))",
          "CREATE TABLE plain (small bigint unsigned, large bigint unsigned, nothing bigint unsigned,"
              + " given bigint unsigned)",
          "CREATE TABLE `key` (given bigint unsigned PRIMARY KEY)",
          "CREATE TABLE follows (given bigint unsigned, FOREIGN KEY (given) REFERENCES `key` (given))",
          "INSERT INTO good VALUES (1), (" + most + ")",
          "INSERT INTO better VALUES (" + most + ")",
          "INSERT INTO bad VALUES (" + more + "), (1)",
          "INSERT INTO worse VALUES (1)",
          "INSERT INTO plain VALUES (" + most + ", " + more + ", NULL, 1)");
      SourceCatalog catalog = SourceSchemaReader.read(connection, database.name(), table -> true);
      Map<ColumnName, PgType> chosen =
          Map.of(
              name(database, "plain", "given"),
              PgType.parse("bigint"),
              name(database, "key", "given"),
              PgType.parse("numeric"));

      ValueScan scan = ValueScan.of(catalog, column -> !chosen.containsKey(column), chosen);
      // Where an index leads with the column its end is asked, and the table is not read.
      assertThat(scan.scannedTables())
          .containsExactlyInAnyOrder(
              name(database, "counting", "flag").table(), name(database, "plain", "").table());
      assertThat(scan.run(() -> Servers.open(database), 3).bigints())
          .containsExactlyInAnyOrder(
              name(database, "counted", "id"),
              name(database, "counting", "counted"),
              name(database, "good", "id"),
              name(database, "better", "id"),
              name(database, "best", "good"),
              name(database, "plain", "small"),
              name(database, "plain", "nothing"));

      TableName good = name(database, "good", "id").table();
      assertThat(
              Servers.rows(
                  connection, "EXPLAIN " + SourceSql.widest(good, List.of(), List.of("id"))))
          .hasSize(2)
          .allMatch(line -> line.contains("No tables used") || line.contains("optimized away"));
    }
  }

  private static ColumnName name(FreshDatabase database, String table, String column) {
    return new ColumnName(new TableName(database.name(), table), column);
  }
}

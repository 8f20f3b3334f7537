package dev.landfall.transforms.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.schema.Servers.Source;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TinyintScanTest {
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
            two tinyint(1), minus tinyint(1), wide tinyint(4), positive tinyint(1) unsigned)""",
          "INSERT INTO a VALUES (1, 0, NULL, NULL, 2, -1, 1, 1), (0, 1, 1, NULL, 1, NULL, 1, 1)",
          "CREATE TABLE b (`odd ``name` tinyint(1))",
          "CREATE TABLE c (id int)");
      SourceCatalog catalog = SourceSchemaReader.read(connection, database.name(), table -> true);
      List<SourceTable> tables = catalog.tables();

      assertThat(tables.stream().map(TinyintScan::needsScan)).containsExactly(true, true, false);
      Set<ColumnName> proved = TinyintScan.scan(tables, () -> Servers.open(database), 2);
      TableName a = tables.get(0).name();
      assertThat(proved)
          .containsExactlyInAnyOrder(
              new ColumnName(a, "flag"),
              new ColumnName(a, "maybe"),
              new ColumnName(a, "nothing"),
              new ColumnName(tables.get(1).name(), "odd `name"));
      TypeMapper types = new TypeMapper(catalog, proved);
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
              "smallint");

      Servers.execute(connection, "DROP TABLE b");
      assertThatThrownBy(() -> TinyintScan.scan(tables, () -> Servers.open(database), 2))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("doesn't exist");
    }
  }
}

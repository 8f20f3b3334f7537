package dev.landfall.transforms.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.catalog.Servers.Source;
import dev.landfall.transforms.catalog.SourceSchemaReader;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The target sets columns when the source would, and leaves them when the source would. */
class OnUpdateTest {
  /** Every column that takes part has a value of the year 2000 before each of them. */
  private static final List<String> UPDATES =
      List.of(
          "a = 2",
          "a = 1",
          "a = NULL",
          "b = 'x'",
          "b = 'X'",
          "a = 2, b = 'y'",
          "a = 2, touched = touched",
          "a = 2, precise = precise",
          "a = 2, touched = touched, precise = precise",
          "touched = touched",
          "touched = '2000-01-01 00:00:00'",
          "touched = '2001-01-01 00:00:00'",
          "touched = NULL",
          "a = 3, touched = NULL",
          "a = 1, touched = '2001-01-01 00:00:00'",
          "j = '{\"a\": 2}'",
          "f = 2.5");

  private static final String RESET =
      "UPDATE %s SET a = 1, b = 'x', f = 1.5, j = '{\"a\": 1}', touched = '2000-01-01 00:00:00',"
          + " precise = '2000-01-01 00:00:00'";

  private static final String YEARS =
      "SELECT extract(year FROM touched), extract(year FROM precise) FROM ";

  @ParameterizedTest
  @EnumSource(Source.class)
  void asTheSourceDoes(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        FreshDatabase target = Servers.target();
        Connection source = Servers.open(database);
        Connection connection = Servers.open(target)) {
      Servers.execute(
          source,
          "CREATE TABLE t (id int PRIMARY KEY, a int, b varchar(9) COLLATE utf8mb4_general_ci,"
              + " f double, j json, touched timestamp NULL ON UPDATE CURRENT_TIMESTAMP,"
              + " precise datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)"
              + " ON UPDATE CURRENT_TIMESTAMP(3)) CHARACTER SET utf8mb4",
          "INSERT INTO t (id) VALUES (1)");
      SourceCatalog catalog = SourceSchemaReader.read(source, database.name(), name -> true);
      TargetDdl ddl = TargetDdl.of(Mappings.plain(catalog, "app"), catalog);
      ddl.pre().forEach(statement -> DdlApplier.apply(connection, statement));
      Servers.execute(connection, "INSERT INTO app.t (id) VALUES (1)");
      // Twice: what is there is left as it is.
      ddl.post().forEach(statement -> DdlApplier.apply(connection, statement));
      ddl.post().forEach(statement -> DdlApplier.apply(connection, statement));

      assertThat(outcomes(connection, "app.t")).isEqualTo(outcomes(source, "t"));
      Servers.execute(connection, RESET.formatted("app.t"), "UPDATE app.t SET a = 2");
      assertThat(
              Servers.rows(
                  connection,
                  "SELECT date_trunc('second', touched) = touched,"
                      + " date_trunc('milliseconds', precise) = precise,"
                      + " precise BETWEEN localtimestamp - interval '1 minute' AND"
                      + " localtimestamp + interval '1 minute' FROM app.t"))
          .containsExactly("t|t|t");
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void besideGeneratedColumnsToo(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        FreshDatabase target = Servers.target();
        Connection source = Servers.open(database);
        Connection connection = Servers.open(target)) {
      Servers.execute(
          source,
          "CREATE TABLE t (id int PRIMARY KEY, a int, twice int AS (a * 2) STORED,"
              + " touched timestamp NULL ON UPDATE CURRENT_TIMESTAMP)");
      SourceCatalog catalog = SourceSchemaReader.read(source, database.name(), name -> true);
      TableMapping table = Mappings.plain(catalog, "app").table(0);
      List<ColumnMapping> columns = new ArrayList<>(table.targets().get(0).columns());
      columns.set(2, columns.get(2).generatedAs("\"a\" * 2"));
      TargetTable generating =
          new TargetTable(new TableName("app", "t"), columns, List.of("id"), false);
      TargetDdl ddl =
          TargetDdl.of(
              new Mapping(
                  List.of(new TableMapping(table.source(), table.read(), List.of(generating)))),
              catalog);
      ddl.pre().forEach(statement -> DdlApplier.apply(connection, statement));
      ddl.post().forEach(statement -> DdlApplier.apply(connection, statement));

      Servers.execute(
          connection, "INSERT INTO app.t VALUES (1, 1, DEFAULT, '2000-01-01 00:00:00')");
      Servers.execute(connection, "UPDATE app.t SET a = 1");
      assertThat(Servers.rows(connection, "SELECT twice, touched < '2001-01-01' FROM app.t"))
          .containsExactly("2|t");
      Servers.execute(connection, "UPDATE app.t SET a = 2");
      assertThat(Servers.rows(connection, "SELECT twice, touched < '2001-01-01' FROM app.t"))
          .containsExactly("4|f");
    }
  }

  private static List<String> outcomes(Connection connection, String table) throws SQLException {
    List<String> outcomes = new ArrayList<>();
    for (String update : UPDATES) {
      Servers.execute(
          connection,
          RESET.formatted(table),
          // The reset itself names both columns, so they are what it says.
          "UPDATE " + table + " SET " + update);
      outcomes.add(
          update
              + ": "
              + Servers.rows(connection, YEARS + table).get(0).replaceAll("20[2-9].", "now"));
    }
    return outcomes;
  }
}

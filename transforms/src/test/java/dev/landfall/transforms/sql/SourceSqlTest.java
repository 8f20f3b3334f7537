package dev.landfall.transforms.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.catalog.Servers.Source;
import dev.landfall.transforms.catalog.SourceSchemaReader;
import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.SourceTable;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SourceSqlTest {
  @ParameterizedTest
  @EnumSource(Source.class)
  void columnsAreReadWithAllTheirDigitsAndNoOthers(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection = Servers.open(database)) {
      Servers.execute(
          connection,
          """
          CREATE TABLE t (
            single float, big float, narrow float(7,3), pair double, padded double(10,2) zerofill,
            number int(6) zerofill, huge bigint(20) zerofill, price decimal(10,2) zerofill,
            `the ``year` year, span time(3), text char(5), bits bit(12))""",
          """
          INSERT INTO t VALUES (0.1, 16777217, 1.5, 0.1, 1.5, 42, 18446744073709551615, 1.5, 0,
            '-838:59:58.999', 'a  ', b'101'), (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
            NULL, NULL, NULL, NULL)""");
      SourceTable table =
          SourceSchemaReader.read(connection, database.name(), name -> true).tables().get(0);
      String columns =
          table.columns().stream().map(SourceSql::column).collect(Collectors.joining(", "));

      assertThat(
              printed(connection, "SELECT " + columns + " FROM " + Identifiers.mysql(table.name())))
          .containsExactly(
              "0.10000000149011612|16777216|1.5|0.1|1.5|42|18446744073709551615|1.50|0"
                  + "|-838:59:58.999|a|\0\5",
              "null|null|null|null|null|null|null|null|null|null|null|null");
    }
  }

  /** What the server itself printed, which {@code getString} would print anew. */
  private static List<String> printed(Connection connection, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          byte[] bytes = result.getBytes(i);
          row.add(bytes == null ? "null" : new String(bytes, StandardCharsets.UTF_8));
        }
        rows.add(String.join("|", row));
      }
    }
    return rows;
  }
}

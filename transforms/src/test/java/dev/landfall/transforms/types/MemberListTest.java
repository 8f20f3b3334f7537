package dev.landfall.transforms.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.catalog.Servers.Source;
import dev.landfall.transforms.catalog.SourceSchemaReader;
import dev.landfall.transforms.model.SourceColumn;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemberListTest {
  private static final List<String> ODD =
      List.of(
          "a",
          "it's",
          "''",
          "x,y",
          "'),('",
          "f)g",
          "h(",
          "",
          "back\\slash",
          "\\",
          "\\'",
          "n\\n",
          "q\"q",
          "line\nfeed",
          "return\r",
          "tab\t",
          "nul\0l",
          "%\\%_\\_",
          "ä€",
          "^Z\u001a",
          "0");

  /** The server's own numbering tells whether the members are right and in order. */
  @ParameterizedTest
  @EnumSource(Source.class)
  void readsMembersAsTheServerPrintsThem(Source product) throws SQLException {
    String list =
        ODD.stream()
            .map(m -> "'" + m.replace("\\", "\\\\").replace("'", "''") + "'")
            .collect(Collectors.joining(","));
    try (FreshDatabase database = product.fresh();
        Connection connection = Servers.open(database)) {
      Servers.execute(
          connection,
          "CREATE TABLE t (e enum("
              + list
              + ") CHARACTER SET utf8mb4, s set('b','it''s','\\\\',''),"
              + " l enum('ä','é') CHARACTER SET latin1, w enum('ж') CHARACTER SET utf16, n int)");
      for (int i = 1; i <= ODD.size(); i++) {
        Servers.execute(connection, "INSERT INTO t (e) VALUES (" + i + ")");
      }
      List<SourceColumn> columns =
          SourceSchemaReader.read(connection, database.name(), name -> true)
              .tables()
              .get(0)
              .columns();

      assertThat(columns.stream().map(SourceColumn::members))
          .containsExactly(
              ODD, List.of("b", "it's", "\\", ""), List.of("ä", "é"), List.of("ж"), List.of());
      assertThat(Servers.rows(connection, "SELECT e FROM t ORDER BY e + 0")).isEqualTo(ODD);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"enum", "enum()", "enum('a", "enum('a'", "enum('a''", "set('a',)", "('a\\"})
  void refusesWhatIsNoList(String declared) {
    assertThatThrownBy(() -> MemberList.of(declared)).isInstanceOf(IllegalArgumentException.class);
  }
}

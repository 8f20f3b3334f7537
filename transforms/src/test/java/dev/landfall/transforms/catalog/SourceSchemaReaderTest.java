package dev.landfall.transforms.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.catalog.Servers.Source;
import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.SourceForeignKey;
import dev.landfall.transforms.model.SourceIndex;
import dev.landfall.transforms.model.SourceIndex.Part;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableName;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SourceSchemaReaderTest {
  @ParameterizedTest
  @EnumSource(Source.class)
  void keysIndexesCommentsAndCounter(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection = Servers.open(database)) {
      String name = database.name();
      Servers.execute(
          connection,
          "CREATE TABLE Parent (a int, b int, PRIMARY KEY (a, b)) COMMENT 'it''s above'",
          """
          CREATE TABLE child (
            id bigint unsigned AUTO_INCREMENT PRIMARY KEY,
            x int COMMENT 'first', y int,
            title varchar(200), body text, shape point NOT NULL, doc blob,
            UNIQUE KEY by_title (title(10), x DESC),
            KEY by_doc (doc(5)),
            FULLTEXT KEY words (title, body),
            SPATIAL KEY place (shape),
            CONSTRAINT up FOREIGN KEY (x, y) REFERENCES Parent (a, b)
              ON DELETE CASCADE ON UPDATE SET NULL
          ) AUTO_INCREMENT = 18446744073709551000""",
          "CREATE VIEW v AS SELECT * FROM Parent",
          "CREATE TABLE other (a int)");

      SourceCatalog catalog =
          SourceSchemaReader.read(connection, name, table -> !table.equals("other"));

      assertThat(catalog.product().name()).isEqualTo(product.name());
      assertThat(catalog.tables().stream().map(SourceTable::name))
          .containsExactly(new TableName(name, "Parent"), new TableName(name, "child"));
      SourceTable parent = catalog.tables().get(0);
      assertThat(parent.comment()).isEqualTo("it's above");
      assertThat(parent.nextAutoIncrement()).isNull();
      assertThat(parent.indexes())
          .containsExactly(
              new SourceIndex("PRIMARY", true, "BTREE", List.of(whole("a"), whole("b"))));
      SourceTable child = catalog.tables().get(1);
      assertThat(child.nextAutoIncrement()).isEqualTo(new BigInteger("18446744073709551000"));
      assertThat(child.column("x").orElseThrow().comment()).isEqualTo("first");
      assertThat(child.column("ID").orElseThrow().autoIncrement()).isTrue();
      assertThat(child.key()).containsExactly("id");
      assertThat(child.indexes())
          .containsExactly(
              new SourceIndex("PRIMARY", true, "BTREE", List.of(whole("id"))),
              new SourceIndex("by_doc", false, "BTREE", List.of(new Part("doc", null, 5, false))),
              new SourceIndex(
                  "by_title",
                  true,
                  "BTREE",
                  List.of(new Part("title", null, 10, false), new Part("x", null, null, true))),
              new SourceIndex("place", false, "SPATIAL", List.of(whole("shape"))),
              new SourceIndex("up", false, "BTREE", List.of(whole("x"), whole("y"))),
              new SourceIndex("words", false, "FULLTEXT", List.of(whole("title"), whole("body"))));
      assertThat(child.foreignKeys())
          .containsExactly(
              new SourceForeignKey(
                  "up",
                  List.of("x", "y"),
                  new TableName(name, "Parent"),
                  List.of("a", "b"),
                  "SET NULL",
                  "CASCADE"));
      if (product == Source.MYSQL) {
        Servers.execute(connection, "CREATE INDEX twice ON other ((a * 2), a)");
        assertThat(
                SourceSchemaReader.read(connection, name, "other"::equals)
                    .tables()
                    .get(0)
                    .indexes())
            .containsExactly(
                new SourceIndex(
                    "twice",
                    false,
                    "BTREE",
                    List.of(new Part(null, "(`a` * 2)", null, false), whole("a"))));
      }
    }
  }

  private static Part whole(String column) {
    return new Part(column, null, null, false);
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void asksAsOftenForManyTablesAsForOne(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection = Servers.open(database)) {
      Servers.execute(connection, "CREATE TABLE t0 (id int PRIMARY KEY)");
      long one = statements(connection, database.name());
      Servers.execute(
          connection,
          IntStream.range(1, 40)
              .mapToObj(i -> "CREATE TABLE t" + i + " (id int PRIMARY KEY)")
              .toArray(String[]::new));

      assertThat(statements(connection, database.name())).isEqualTo(one);
    }
  }

  private static long statements(Connection connection, String database) throws SQLException {
    String count = "SHOW SESSION STATUS LIKE 'Questions'";
    long before = Long.parseLong(Servers.rows(connection, count).get(0).split("\\|", -1)[1]);
    SourceSchemaReader.read(connection, database, name -> true);
    return Long.parseLong(Servers.rows(connection, count).get(0).split("\\|", -1)[1]) - before;
  }
}

package dev.landfall.transforms.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.catalog.Servers.Source;
import dev.landfall.transforms.catalog.SourceSchemaReader;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.model.SchemaObject;
import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.TableMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is made of a table that several tables of the source become. */
class MergedTablesTest {
  private static final String[] SOURCE = {
    "CREATE TABLE people (id int PRIMARY KEY)",
    "CREATE TABLE orders_2023 (id int PRIMARY KEY AUTO_INCREMENT, state enum('a', 'b') NOT NULL,"
        + " person int, code int UNIQUE, amount int CHECK (amount < 100), KEY by_amount (amount),"
        + " CONSTRAINT of_person FOREIGN KEY (person) REFERENCES people (id)) AUTO_INCREMENT 50",
    "CREATE TABLE orders_2024 (id int PRIMARY KEY AUTO_INCREMENT, state enum('b', 'c') NOT NULL,"
        + " person int, code int, amount int, KEY by_code (code)) AUTO_INCREMENT 2000",
    "CREATE TABLE items (id int PRIMARY KEY, order_id int,"
        + " CONSTRAINT of_order FOREIGN KEY (order_id) REFERENCES orders_2023 (id))"
  };

  /** Both tables of orders as one. */
  private static Mapping merged(SourceCatalog catalog) {
    List<TableMapping> tables = new ArrayList<>();
    catalog.tables().stream()
        .sorted(java.util.Comparator.comparing(t -> t.name()))
        .forEach(
            t -> {
              String name = t.name().table();
              String target = name.startsWith("orders_") ? "orders" : name;
              tables.add(Mappings.table(catalog, t, Map.of("app." + target, Map.of())));
            });
    return EnumTypes.named(new Mapping(tables));
  }

  @Test
  void isMadeOnceWithItsKeyFromTheBeginning() throws SQLException {
    try (FreshDatabase source = Source.MARIADB.fresh();
        FreshDatabase target = Servers.target();
        Connection from = Servers.open(source);
        Connection to = Servers.open(target)) {
      Servers.execute(from, SOURCE);
      SourceCatalog catalog = SourceSchemaReader.read(from, source.name(), name -> true);
      Mapping mapping = merged(catalog);
      TargetDdl ddl = TargetDdl.of(mapping, catalog);

      for (DdlStatement statement : ddl.pre()) {
        assertThat(DdlApplier.apply(to, statement)).as(statement.sql()).isTrue();
      }
      Servers.execute(to, "INSERT INTO app.orders (id, state) VALUES (1, 'a'), (1999, 'c')");
      assertThatThrownBy(
              () -> Servers.execute(to, "INSERT INTO app.orders (id, state) VALUES (1, 'b')"))
          .hasMessageContaining("orders_pkey");
      ddl.post().forEach(statement -> DdlApplier.apply(to, statement));

      assertThat(
              Servers.rows(
                  to, "SELECT indexname FROM pg_indexes WHERE tablename = 'orders' ORDER BY 1"))
          .containsExactly("orders_by_amount", "orders_of_person", "orders_pkey");
      assertThat(
              Servers.rows(
                  to,
                  "SELECT conname FROM pg_constraint WHERE connamespace = 'app'::regnamespace"
                      + " AND contype IN ('c', 'f', 'u')"))
          .isEmpty();
      // Behind the numbers of both.
      assertThat(Servers.rows(to, "INSERT INTO app.orders (state) VALUES ('b') RETURNING id"))
          .containsExactly("2000");
      assertThat(outcomes(ddl))
          .contains(
              "INDEX orders_2023.code LEFT",
              "CHECK orders_2023.amount LEFT",
              "FOREIGN_KEY orders_2023.of_person LEFT",
              "FOREIGN_KEY items.of_order LEFT",
              "INDEX orders_2023.by_amount SAME",
              "INDEX orders_2024.by_code LEFT",
              "PRIMARY_KEY orders_2023.PRIMARY CONVERTED",
              "PRIMARY_KEY orders_2024.PRIMARY CONVERTED",
              "TABLE orders_2024 CONVERTED");
    }
  }

  private static List<String> outcomes(TargetDdl ddl) {
    return ddl.objects().stream()
        .filter(o -> o.kind() != SchemaObject.Kind.COLUMN)
        .map(o -> o.kind() + " " + o.name() + " " + o.outcome())
        .toList();
  }

  @Test
  void aTargetIsKnownByItsFirstWriter() throws SQLException {
    try (FreshDatabase source = Source.MARIADB.fresh();
        Connection from = Servers.open(source)) {
      Servers.execute(from, SOURCE);
      Mapping mapping = merged(SourceSchemaReader.read(from, source.name(), name -> true));

      TargetPosition first = new TargetPosition(1, 0);
      TargetPosition second = new TargetPosition(2, 0);
      assertThat(mapping.targets())
          .containsExactly(new TargetPosition(0, 0), first, new TargetPosition(3, 0));
      assertThat(mapping.writers(second)).containsExactly(first, second);
      assertThat(mapping.first(second)).isEqualTo(first);
      assertThat(mapping.isMerged(first)).isTrue();
      assertThat(mapping.isMerged(new TargetPosition(3, 0))).isFalse();
      assertThat(mapping.together(2)).containsExactly(1, 2);
      assertThat(mapping.together(3)).containsExactly(3);
      assertThat(mapping.sources(second).stream().map(name -> name.table()))
          .containsExactly("orders_2023", "orders_2024");
    }
  }

  @Test
  void writersHaveToAgreeWhatTheirTargetIs() throws SQLException {
    try (FreshDatabase source = Source.MARIADB.fresh();
        Connection from = Servers.open(source)) {
      Servers.execute(
          from, "CREATE TABLE a (id int PRIMARY KEY)", "CREATE TABLE b (id bigint PRIMARY KEY)");
      SourceCatalog catalog = SourceSchemaReader.read(from, source.name(), name -> true);
      List<TableMapping> tables =
          catalog.tables().stream()
              .map(t -> Mappings.table(catalog, t, Map.of("app.one", Map.of())))
              .toList();
      assertThatThrownBy(() -> new Mapping(tables))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageMatching("\\S+\\.a and \\S+\\.b do not agree what app.one is");
    }
  }
}

package dev.landfall.transforms.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.catalog.Servers.Source;
import dev.landfall.transforms.catalog.SourceSchemaReader;
import dev.landfall.transforms.catalog.TargetCatalog;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TargetCheckTest {
  private final List<AutoCloseable> open = new ArrayList<>();
  private FreshDatabase target;
  private Connection connection;
  private Mapping mapping;

  TargetCheckTest() throws SQLException {
    target = Servers.target();
    connection = Servers.open(target);
    open.add(connection);
    open.add(target);
    mapping = new Mapping(List.of());
  }

  @BeforeEach
  void readSource() throws SQLException {
    try (FreshDatabase source = Source.MARIADB.fresh();
        Connection reading = Servers.open(source)) {
      Servers.execute(
          reading,
          """
          CREATE TABLE users (
            id int unsigned PRIMARY KEY, email varchar(40) NOT NULL, age int, price decimal(10,2),
            made datetime(6), flags set('a','b'), gone text, total int)""");
      SourceCatalog catalog = SourceSchemaReader.read(reading, source.name(), name -> true);
      SourceTable table = catalog.tables().get(0);
      // Messages name the source; a name that does not change makes them exact.
      SourceTable named =
          new SourceTable(
              new TableName("shop", "users"),
              table.columns(),
              table.indexes(),
              table.foreignKeys(),
              table.nextAutoIncrement(),
              table.comment(),
              table.estimatedRows(),
              table.estimatedBytes());
      mapping =
          Mappings.plain(
              new SourceCatalog(catalog.product(), catalog.version(), List.of(named)), "app");
    }
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
  }

  private TargetCatalog catalog(Connection session) throws SQLException {
    return TargetCatalog.read(session, List.of(new TableName("app", "users")));
  }

  @Test
  void aMissingTableWillBeMade() throws SQLException {
    assertThat(TargetCheck.check(mapping, catalog(connection))).isEqualTo(mapping);
  }

  @Test
  void existingTablesGiveTheirTypes() throws SQLException {
    Servers.execute(
        connection,
        "CREATE SCHEMA app",
        "CREATE DOMAIN app.mail AS varchar(40)",
        """
        CREATE TABLE app.users (
          extra int DEFAULT 1, id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
          email app.mail NOT NULL UNIQUE, age numeric, price decimal(12,2),
          made timestamp with time zone, flags text, gone text, total integer,
          up bigint REFERENCES app.users)""",
        "INSERT INTO app.users (email) VALUES ('a')");
    TargetCatalog catalog = catalog(connection);

    TargetTable checked = TargetCheck.check(mapping, catalog).tables().get(0).targets().get(0);

    assertThat(checked.existing()).isTrue();
    assertThat(
            checked.columns().stream().map(c -> c.name() + " " + c.type() + " " + c.conversion()))
        .containsExactly(
            "id bigint NONE",
            "email varchar(40) TEXT",
            "age numeric NONE",
            "price numeric(12,2) NONE",
            "made timestamptz DATE",
            "flags text TEXT",
            "gone text TEXT",
            "total integer NONE");
    TargetCatalog.Table table = catalog.table(new TableName("app", "users")).orElseThrow();
    assertThat(table.hasRows()).isTrue();
    assertThat(table.keys()).containsExactly(List.of("id"), List.of("email"));
    assertThat(table.foreignKeys())
        .containsExactly(
            new TargetCatalog.ForeignKey("users_up_fkey", new TableName("app", "users")));
    assertThat(
            TargetCheck.check(mapping, catalog, Set.of(new TableName("app", "users")))
                .tables()
                .get(0)
                .targets()
                .get(0)
                .existing())
        .isFalse();
  }

  @Test
  void allMisfitsAreToldAtOnce() throws SQLException {
    Servers.execute(
        connection,
        "CREATE SCHEMA app",
        """
        CREATE TABLE app.users (
          id smallint PRIMARY KEY, email varchar(20), age int NOT NULL, price numeric(9,2),
          made timestamp(3), flags text[], total int GENERATED ALWAYS AS (1) STORED,
          tenant int NOT NULL)""");

    assertThatThrownBy(() -> TargetCheck.check(mapping, catalog(connection)))
        .isInstanceOf(MigrationException.class)
        .extracting(Throwable::getMessage)
        .isEqualTo(
            """
            The mapping does not fit the tables of the target database %s; nothing was touched. \
            Change the tables or the mapping:
              app.users.id: smallint is narrower than the source's int(10) unsigned shop.users.id
              app.users.email: varchar(20) holds 20 characters, fewer than the source's \
            varchar(40) shop.users.email
              app.users.age: is NOT NULL, but shop.users.age can be NULL; give the column an \
            `ifNull:` value
              app.users.price: numeric(9,2) is narrower than the source's decimal(10,2) \
            shop.users.price
              app.users.made: timestamp(3) rounds the fraction of a second of the source's \
            datetime(6) shop.users.made
              app.users.gone: there is no such column; shop.users.gone is mapped to it
              app.users.total: is generated by the target and can't be loaded; omit it in the \
            mapping
              app.users.tenant: is NOT NULL and has no default, but nothing is mapped to it; map \
            a column or a `constant:` to it"""
                .formatted(target.name()));
  }

  @Test
  void viewsAreNoTables() throws SQLException {
    Servers.execute(connection, "CREATE SCHEMA app", "CREATE VIEW app.users AS SELECT 1 AS id");

    assertThatThrownBy(() -> TargetCheck.check(mapping, catalog(connection)))
        .hasMessageEndingWith("\n  app.users: is a view, not a table that can be loaded");
  }

  @Test
  void missingRightsComeWithTheirGrants() throws SQLException {
    String user = "loader_" + target.name().substring(target.name().length() - 6);
    Servers.execute(
        connection, "CREATE ROLE \"" + user + "\" LOGIN PASSWORD 'pw'", "CREATE SCHEMA app");
    try {
      try (Connection loader = Servers.open(target, user, "pw")) {
        assertThatThrownBy(() -> TargetCheck.check(mapping, catalog(loader)))
            .isInstanceOf(MigrationException.class)
            .hasMessage(
                """
                The user %s lacks rights in the target database %s; nothing was touched. Let an \
                owner run:
                  GRANT CREATE ON DATABASE "%s" TO "%s";
                  GRANT CREATE, USAGE ON SCHEMA "app" TO "%s";"""
                    .formatted(user, target.name(), target.name(), user, user));
        Servers.execute(
            connection,
            "CREATE SCHEMA landfall AUTHORIZATION \"" + user + "\"",
            """
            CREATE TABLE app.users (id bigint, email text, age int, price numeric,
              made timestamp, flags text, gone text, total int)""");
        assertThatThrownBy(() -> TargetCheck.check(mapping, catalog(loader)))
            .hasMessageEndingWith(
                """
                Let an owner run:
                  GRANT USAGE ON SCHEMA "app" TO "%s";
                  GRANT SELECT, INSERT ON TABLE "app"."users" TO "%s";"""
                    .formatted(user, user));
        Servers.execute(
            connection,
            "GRANT USAGE ON SCHEMA app TO \"" + user + "\"",
            "GRANT SELECT, INSERT ON TABLE app.users TO \"" + user + "\"");
        assertThat(TargetCheck.check(mapping, catalog(loader)).tables()).hasSize(1);
      }
    } finally {
      Servers.execute(connection, "DROP OWNED BY \"" + user + "\"", "DROP ROLE \"" + user + "\"");
    }
  }
}

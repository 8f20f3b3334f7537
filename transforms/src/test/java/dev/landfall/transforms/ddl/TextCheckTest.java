package dev.landfall.transforms.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.embedded.EmbeddedServer;
import dev.landfall.embedded.FreshDatabase;
import dev.landfall.embedded.SharedServers;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.catalog.Servers.Source;
import dev.landfall.transforms.catalog.SourceSchemaReader;
import dev.landfall.transforms.catalog.TargetCatalog;
import dev.landfall.transforms.catalog.TargetCatalog.Extension;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.SchemaObject;
import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.model.TextEquality;
import dev.landfall.transforms.types.PgType;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Databases that can't compare texts as a spec wants it. */
class TextCheckTest {
  private static final TableName PEOPLE = new TableName("public", "people");

  private static SourceCatalog source() throws SQLException {
    try (FreshDatabase database = Source.MARIADB.fresh();
        Connection connection = Servers.open(database)) {
      Servers.execute(
          connection,
          "CREATE TABLE people (nick varchar(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci"
              + " NOT NULL PRIMARY KEY)");
      return SourceSchemaReader.read(connection, database.name(), name -> true);
    }
  }

  private static Mapping mapping(SourceCatalog catalog, String type, TextEquality equality) {
    TableMapping plain = Mappings.plain(catalog, "public").table(0);
    ColumnMapping nick = plain.targets().get(0).columns().get(0);
    ColumnMapping column =
        ColumnMapping.read("nick", PgType.parse(type), false, 0, nick.conversion())
            .withEquality(equality);
    return new Mapping(
        List.of(
            new TableMapping(
                plain.source(),
                plain.read(),
                List.of(new TargetTable(PEOPLE, List.of(column), List.of("nick"), false)))));
  }

  private static TargetCatalog read(Connection connection) throws SQLException {
    return TargetCatalog.read(connection, List.of(PEOPLE));
  }

  @Test
  void anEncodingThatIcuDoesNotHaveLeavesTheCase() throws SQLException {
    SourceCatalog catalog = source();
    EmbeddedServer server = SharedServers.postgres();
    try (FreshDatabase other = Servers.target();
        Connection admin = other.connect()) {
      String name = other.name() + "_ascii";
      Servers.execute(
          admin, "CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'");
      try (Connection connection = DriverManager.getConnection(server.jdbcUrl(name))) {
        TargetCatalog target = read(connection);
        assertThat(target.texts())
            .isEqualTo(new TargetCatalog.Texts(false, "SQL_ASCII", Extension.CREATABLE));
        assertThatThrownBy(
                () -> TargetCheck.check(mapping(catalog, "varchar(9)", TextEquality.ICU), target))
            .isInstanceOf(MigrationException.class)
            .hasMessageEndingWith(
                "public.people.nick: `collation: icu` needs a PostgreSQL 12 or newer that was built"
                    + " with ICU, and an encoding such as UTF8 (the database has SQL_ASCII); choose"
                    + " unique, citext or binary");

        Mapping mapping = mapping(catalog, "varchar(9)", TextEquality.UNIQUE);
        TargetDdl ddl =
            TargetDdl.of(
                TargetCheck.check(mapping, target),
                catalog,
                new TargetStyle(NameStyle.KEEP, target.texts().icu()));
        ddl.pre().forEach(s -> DdlApplier.apply(connection, s));
        ddl.post().forEach(s -> DdlApplier.apply(connection, s));

        assertThat(ddl.objects())
            .contains(
                new SchemaObject(
                    SchemaObject.Kind.PRIMARY_KEY,
                    "people.PRIMARY",
                    SchemaObject.Outcome.CONVERTED,
                    "has the unique index people_pkey_ci beside it, which forbids what differs in"
                        + " case only: this PostgreSQL has no ICU collations, by which it would"
                        + " forbid all that is equal for utf8mb4_general_ci",
                    /* source= */ null));
        Servers.execute(connection, "INSERT INTO people VALUES ('ann')");
        assertThatThrownBy(() -> Servers.execute(connection, "INSERT INTO people VALUES ('ANN ')"))
            .hasMessageContaining("people_pkey_ci");
      } finally {
        Servers.execute(admin, "DROP DATABASE " + name);
      }
    }
  }

  @Test
  void citextMustBeWithinReach() throws SQLException {
    Mapping mapping = mapping(source(), "citext", TextEquality.CITEXT);
    try (FreshDatabase database = Servers.target();
        Connection admin = database.connect()) {
      String role = database.name() + "_role";
      Servers.execute(
          admin,
          "CREATE ROLE " + role + " LOGIN PASSWORD 'x'",
          "GRANT CREATE ON SCHEMA public TO " + role);
      assertThat(read(admin).texts().citext()).isEqualTo(Extension.CREATABLE);
      try (Connection connection = Servers.open(database, role, "x")) {
        assertThat(read(connection).texts().citext()).isEqualTo(Extension.DENIED);
        assertThatThrownBy(() -> TargetCheck.check(mapping, read(connection)))
            .isInstanceOf(MigrationException.class)
            .hasMessageContaining(
                "public.people.nick: extension citext is not there and this user may not make it;"
                    + " let an owner of the database run CREATE EXTENSION citext\n");
        Servers.execute(admin, "CREATE SCHEMA extras", "CREATE EXTENSION citext SCHEMA extras");
        assertThatThrownBy(() -> TargetCheck.check(mapping, read(connection)))
            .isInstanceOf(MigrationException.class)
            .hasMessageContaining(
                "public.people.nick: extension citext is in a schema that this user's sessions do"
                    + " not search; add that schema to the user's search_path\n");
        Servers.execute(admin, "ALTER EXTENSION citext SET SCHEMA public");
        assertThat(read(connection).texts().citext()).isEqualTo(Extension.READY);
      } finally {
        Servers.execute(admin, "DROP OWNED BY " + role, "DROP ROLE " + role);
      }
    }
  }
}

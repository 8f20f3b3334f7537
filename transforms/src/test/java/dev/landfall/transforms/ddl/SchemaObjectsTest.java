package dev.landfall.transforms.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.catalog.Servers.Source;
import dev.landfall.transforms.catalog.SourceSchemaReader;
import dev.landfall.transforms.model.SchemaObject;
import dev.landfall.transforms.model.SchemaObject.Outcome;
import dev.landfall.transforms.model.SourceCatalog;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No object of the source is forgotten, and none is named twice. */
class SchemaObjectsTest {
  private static final String[] ONE_OF_EVERYTHING = {
    "CREATE TABLE parent (id int PRIMARY KEY, code varchar(9), UNIQUE KEY code (code))",
    """
    CREATE TABLE child (
      id bigint unsigned AUTO_INCREMENT PRIMARY KEY, parent_id int, title varchar(200), body text,
      shape point NOT NULL, size enum('s','m') NOT NULL DEFAULT 's', tags set('a','b'),
      doc json, checked int, twice int AS (checked * 2) VIRTUAL, kept int AS (checked * 3) STORED,
      touched timestamp(3) NULL ON UPDATE CURRENT_TIMESTAMP(3), told varchar(40) DEFAULT 'x',
      FULLTEXT KEY words (title, body), SPATIAL KEY place (shape), KEY beginning (title(10)),
      KEY told (told) COMMENT 'an index',
      CONSTRAINT up FOREIGN KEY (parent_id) REFERENCES parent (id),
      CONSTRAINT positive CHECK (checked > 0)
    )""",
    "CREATE TABLE ranged (id int NOT NULL, at date NOT NULL, PRIMARY KEY (id, at))"
        + " PARTITION BY RANGE (year(at)) (PARTITION p0 VALUES LESS THAN (2020),"
        + " PARTITION p1 VALUES LESS THAN MAXVALUE)",
    "CREATE TABLE hashed (id int PRIMARY KEY) PARTITION BY HASH (id) PARTITIONS 3",
    "CREATE VIEW big (number, next) AS SELECT id, id FROM child WHERE id > 10",
    "CREATE VIEW bigger AS SELECT number FROM big WHERE number > 100",
    "CREATE TRIGGER before_child BEFORE INSERT ON child FOR EACH ROW SET NEW.told = 'y'",
    "CREATE TRIGGER after_child AFTER DELETE ON child FOR EACH ROW BEGIN DELETE FROM hashed; END",
    "CREATE PROCEDURE twin (IN x int, OUT y decimal(5,2)) BEGIN SET y = x; END",
    "CREATE FUNCTION twin (x int) RETURNS int DETERMINISTIC RETURN x + 1",
    "CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 03:00:00' DISABLE"
        + " DO DELETE FROM child",
  };

  private static final String[] MARIADB = {
    "CREATE SEQUENCE numbers START WITH 5 INCREMENT BY 2 MAXVALUE 1000 CYCLE",
    "CREATE TABLE history (id int PRIMARY KEY, x int CHECK (x <> 3), hidden int INVISIBLE,"
        + " KEY x (x) IGNORED) WITH SYSTEM VERSIONING",
  };

  private static final String[] MYSQL = {
    "CREATE TABLE functional (a int, KEY twice ((a * 2)), KEY unseen (a) INVISIBLE)",
  };

  /** What the server's catalogue has: kind and name of each object. */
  private static List<String> catalogued(Connection connection, Source product, String database)
      throws SQLException {
    String part = "concat(table_name, '.', ";
    List<String> queries =
        new ArrayList<>(
            List.of(
                "SELECT 'table', table_name FROM tables WHERE table_schema = '%s'"
                    + " AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')",
                "SELECT 'column', "
                    + part
                    + "column_name) FROM columns WHERE table_schema = '%s'"
                    + " AND table_name NOT IN ('big', 'bigger', 'numbers')",
                "SELECT DISTINCT if(index_name = 'PRIMARY', 'primary key', 'index'), "
                    + part
                    + "index_name) FROM statistics WHERE table_schema = '%s'",
                "SELECT 'foreign key', "
                    + part
                    + "constraint_name) FROM referential_constraints"
                    + " WHERE constraint_schema = '%s'",
                "SELECT DISTINCT 'partitioning', table_name FROM partitions"
                    + " WHERE table_schema = '%s' AND partition_name IS NOT NULL",
                "SELECT 'view', table_name FROM views WHERE table_schema = '%s'",
                "SELECT 'trigger', trigger_name FROM triggers WHERE trigger_schema = '%s'",
                "SELECT lower(routine_type), routine_name FROM routines"
                    + " WHERE routine_schema = '%s'",
                "SELECT 'event', event_name FROM events WHERE event_schema = '%s'"));
    if (product == Source.MARIADB) {
      queries.add(
          "SELECT 'check', "
              + part
              + "constraint_name) FROM check_constraints"
              + " WHERE constraint_schema = '%s' AND check_clause NOT LIKE 'json\\_valid%%'");
      queries.add(
          "SELECT 'sequence', table_name FROM tables WHERE table_schema = '%s'"
              + " AND table_type = 'SEQUENCE'");
    }
    Servers.execute(connection, "USE information_schema");
    List<String> found = new ArrayList<>();
    for (String query : queries) {
      for (String row : Servers.rows(connection, query.formatted(database))) {
        found.add(row.replace('|', ' '));
      }
    }
    Servers.execute(connection, "USE `" + database + "`");
    return found;
  }

  private static void fill(Connection connection, Source product) throws SQLException {
    Servers.execute(connection, ONE_OF_EVERYTHING);
    Servers.execute(connection, product == Source.MARIADB ? MARIADB : MYSQL);
  }

  private static List<SchemaObject> objects(Connection connection, String database)
      throws SQLException {
    SourceCatalog catalog = SourceSchemaReader.read(connection, database, name -> true);
    return TargetDdl.of(Mappings.plain(catalog, "app"), catalog).objects();
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void everyObjectIsThereOnce(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection = Servers.open(database)) {
      fill(connection, product);

      List<SchemaObject> objects = objects(connection, database.name());

      assertThat(objects.stream().map(o -> o.kind().words() + " " + o.name()))
          .containsExactlyInAnyOrderElementsOf(catalogued(connection, product, database.name()));
      assertThat(objects)
          .allSatisfy(o -> assertThat(o.source() != null).isEqualTo(o.outcome() == Outcome.LEFT))
          .allSatisfy(o -> assertThat(o.note().isEmpty() && o.outcome() != Outcome.SAME).isFalse());
      assertThat(text(objects, "procedure twin").replace("(11)", ""))
          .isEqualTo("CREATE PROCEDURE `twin`(IN x int, OUT y decimal(5,2))\nBEGIN SET y = x; END");
      assertThat(text(objects, "function twin").replace("(11)", ""))
          .isEqualTo("CREATE FUNCTION `twin`(x int) RETURNS int DETERMINISTIC\nRETURN x + 1");
      assertThat(text(objects, "trigger before_child"))
          .isEqualTo(
              "CREATE TRIGGER `before_child` BEFORE INSERT ON `child` FOR EACH ROW\n"
                  + "SET NEW.told = 'y'");
      assertThat(text(objects, "event nightly"))
          .isEqualTo(
              "CREATE EVENT `nightly` ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 03:00:00' DISABLE"
                  + " DO\nDELETE FROM child");
    }
  }

  private static String text(List<SchemaObject> objects, String name) {
    return objects.stream()
        .filter(o -> name.equals(o.kind().words() + " " + o.name()))
        .map(SchemaObject::source)
        .map(String::valueOf)
        .collect(Collectors.joining());
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void allOfItCanBeMade(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        FreshDatabase target = Servers.target();
        Connection source = Servers.open(database);
        Connection connection = Servers.open(target)) {
      fill(source, product);
      SourceCatalog catalog = SourceSchemaReader.read(source, database.name(), name -> true);
      TargetDdl ddl = TargetDdl.of(Mappings.plain(catalog, "app"), catalog);

      for (int i = 0; i < 2; i++) {
        ddl.pre().forEach(statement -> DdlApplier.apply(connection, statement));
        ddl.post().forEach(statement -> DdlApplier.apply(connection, statement));
      }

      // MySQL prints the names of the SELECT, not of the view.
      assertThat(
              Servers.rows(
                  connection,
                  "SELECT column_name FROM information_schema.columns WHERE table_name = 'big'"
                      + " ORDER BY ordinal_position"))
          .containsExactly("number", "next");
      assertThat(
              Servers.rows(
                  connection,
                  "SELECT c.relname, pg_get_expr(c.relpartbound, c.oid) FROM pg_class c"
                      + " WHERE c.relispartition AND c.relkind = 'r' ORDER BY 1"))
          .containsExactly(
              "hashed_p0|FOR VALUES WITH (modulus 3, remainder 0)",
              "hashed_p1|FOR VALUES WITH (modulus 3, remainder 1)",
              "hashed_p2|FOR VALUES WITH (modulus 3, remainder 2)",
              "ranged_p0|FOR VALUES FROM (MINVALUE) TO ('2020-01-01')",
              "ranged_p1|FOR VALUES FROM ('2020-01-01') TO (MAXVALUE)");
      assertThat(Servers.rows(connection, "SELECT obj_description('app.child_told'::regclass)"))
          .containsExactly("an index");
      assertThat(
              Servers.rows(
                  connection,
                  "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
                      + " WHERE conname LIKE '%_members' ORDER BY 1"))
          .containsExactly(
              "CHECK ((size = ANY (ARRAY['s'::text, 'm'::text, ''::text])))",
              "CHECK ((tags <@ ARRAY['a'::text, 'b'::text]))");
      if (product == Source.MARIADB) {
        assertThat(
                Servers.rows(
                    connection,
                    "SELECT nextval('app.numbers'), nextval('app.numbers'),"
                        + " (SELECT seqcycle FROM pg_sequence"
                        + " WHERE seqrelid = 'app.numbers'::regclass)"))
            .containsExactly("5|7|t");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void whatAnAccountMayNotSeeIsSaid(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection administrator = Servers.open(database)) {
      fill(administrator, product);
      String user = "blind_" + database.name().substring(database.name().length() - 6);
      List<String> hosts = List.of("127.0.0.1", "localhost");
      for (String host : hosts) {
        String account = "'" + user + "'@'" + host + "'";
        Servers.execute(
            administrator,
            "CREATE USER " + account + " IDENTIFIED BY 'pw'",
            "GRANT SELECT ON `" + database.name() + "`.* TO " + account);
      }
      try (Connection reader = Servers.open(database, user, "pw")) {
        String unseen =
            "left to you: the account may not see any, so there may be some: let one with more"
                + " rights look";
        assertThat(
                objects(reader, database.name()).stream()
                    .filter(o -> o.kind().compareTo(SchemaObject.Kind.TRIGGER) >= 0)
                    .map(SchemaObject::toString)
                    .filter(o -> !o.startsWith("sequence")))
            .containsExactly(
                "view big: left to you: its text is not visible to this account",
                "view bigger: left to you: its text is not visible to this account",
                "trigger *: " + unseen,
                "event *: " + unseen,
                "procedure *: " + unseen);
      } finally {
        for (String host : hosts) {
          Servers.execute(administrator, "DROP USER '" + user + "'@'" + host + "'");
        }
      }
    }
  }
}

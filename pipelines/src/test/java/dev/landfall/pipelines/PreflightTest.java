package dev.landfall.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.embedded.EmbeddedPostgres;
import dev.landfall.embedded.EmbeddedServer;
import dev.landfall.embedded.FreshDatabase;
import dev.landfall.embedded.SharedServers;
import dev.landfall.pipelines.MovedDatabase.Source;
import dev.landfall.pipelines.api.RepairRequest;
import dev.landfall.pipelines.define.ApplySchemaTask;
import dev.landfall.pipelines.define.PreviewSchema;
import dev.landfall.pipelines.load.BackfillTask;
import dev.landfall.pipelines.load.MigrateTask;
import dev.landfall.pipelines.repair.RepairTask;
import dev.landfall.pipelines.verify.VerifyTask;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Targets that can't take a migration are found by looking, before anything is touched. */
class PreflightTest {
  private static void refused(ThrowingCallable command, String message) {
    assertThatThrownBy(command)
        .isInstanceOfSatisfying(
            MigrationException.class, e -> assertThat(e.kind()).isEqualTo(Kind.USAGE))
        .hasMessage(message);
  }

  @Test
  void databasesOfOtherEncodings() throws SQLException {
    try (SpecBed bed = new SpecBed(Source.MARIADB)) {
      bed.source("CREATE TABLE t (id int PRIMARY KEY)");
      for (String encoding : List.of("LATIN1", "SQL_ASCII")) {
        try (FreshDatabase other =
            new FreshDatabase(
                SharedServers.postgres(), bed.targetName() + encoding.toLowerCase(Locale.ROOT))) {
          bed.target(
              "CREATE DATABASE "
                  + other.name()
                  + " ENCODING "
                  + encoding
                  + " LOCALE 'C' TEMPLATE template0");
          try (Migration migration = bed.migrationInto(other.server(), other.name(), "")) {
            String message =
                """
                The target database %s has the encoding %s, which can't hold every character of the \
                source. Make one that can, and give that: CREATE DATABASE "%s_utf8" ENCODING \
                'UTF8' TEMPLATE template0; (and a LOCALE, where the server's own is of another \
                encoding).
                Nothing was touched."""
                    .formatted(other.name(), encoding, other.name());
            refused(() -> migration.perform(new MigrateTask(true)), message);
            refused(() -> migration.perform(new PreviewSchema()), message);
          }
        }
      }
    }
  }

  @Test
  void standbys() throws SQLException, IOException {
    try (SpecBed bed = new SpecBed(Source.MARIADB);
        EmbeddedServer server = EmbeddedPostgres.start()) {
      bed.source("CREATE TABLE t (id int PRIMARY KEY)");
      server.stop();
      Files.createFile(data(server).resolve("standby.signal"));
      server.start();
      try (Migration migration = bed.migrationInto(server, "postgres", "")) {
        String message =
            "The target postgres@127.0.0.1:"
                + server.port()
                + "/postgres is a standby, which can only be read. Give the address of its"
                + " primary.\nNothing was touched.";
        refused(() -> migration.perform(new MigrateTask(true)), message);
        refused(() -> migration.perform(new ApplySchemaTask(true, false)), message);
        assertThat(migration.perform(new PreviewSchema()).pre()).contains("CREATE TABLE");
      }
    }
  }

  @Test
  void aStandbyThatCommitsWaitFor() throws SQLException {
    try (SpecBed bed = new SpecBed(Source.MARIADB);
        EmbeddedServer server = EmbeddedPostgres.start()) {
      bed.source("CREATE TABLE t (id int PRIMARY KEY)");
      setStandbys(server, "away");
      try (Migration migration = bed.migrationInto(server, "postgres", "")) {
        refused(
            () -> migration.perform(new MigrateTask(true)),
            "The target postgres@127.0.0.1:"
                + server.port()
                + "/postgres waits with each commit for a standby (synchronous_standby_names is"
                + " away), and none is connected, so no commit would end. Connect it, or let an"
                + " administrator empty synchronous_standby_names until it is there.\n"
                + "Nothing was touched.");
        assertThat(migration.perform(new PreviewSchema()).pre()).contains("CREATE TABLE");
        setStandbys(server, "");
        migration.perform(new MigrateTask(true));
      }
    }
  }

  /** Sets it, and waits until new sessions have it. */
  private static void setStandbys(EmbeddedServer server, String names) throws SQLException {
    String found = null;
    while (!names.equals(found)) {
      try (Connection connection = new FreshDatabase(server, "postgres").connect();
          Statement statement = connection.createStatement()) {
        statement.execute("ALTER SYSTEM SET synchronous_standby_names = '" + names + "'");
        statement.execute("SELECT pg_reload_conf()");
        try (ResultSet row = statement.executeQuery("SHOW synchronous_standby_names")) {
          row.next();
          found = row.getString(1);
        }
      }
    }
  }

  private static Path data(EmbeddedServer server) throws IOException {
    try (Stream<Path> files = Files.walk(server.home())) {
      return files
          .filter(file -> file.endsWith("PG_VERSION"))
          .map(Path::getParent)
          .min(Path::compareTo)
          .orElseThrow();
    }
  }

  @Test
  void triggersAndRulesOfTablesThatAreLoaded() throws SQLException {
    try (SpecBed bed = new SpecBed(Source.MARIADB)) {
      bed.source(
          "CREATE TABLE t (id int PRIMARY KEY, a int)",
          "CREATE TABLE p (id int PRIMARY KEY)",
          "INSERT INTO t VALUES (1, 2), (2, 3), (3, 4)",
          "INSERT INTO p VALUES (1), (2)");
      bed.target(
          "CREATE TABLE t (id int PRIMARY KEY, a int)",
          "CREATE TABLE p (id int PRIMARY KEY) PARTITION BY RANGE (id)",
          "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10)",
          "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
          "CREATE TRIGGER \"Keep out\" BEFORE INSERT OR UPDATE ON t FOR EACH ROW"
              + " WHEN (NEW.id = 2) EXECUTE FUNCTION f()",
          "CREATE TRIGGER later BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f()",
          "CREATE TRIGGER idle BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()",
          "ALTER TABLE t DISABLE TRIGGER idle",
          "CREATE RULE aside AS ON INSERT TO t DO INSTEAD NOTHING",
          "CREATE TRIGGER part AFTER INSERT ON p1 FOR EACH ROW EXECUTE FUNCTION f()");
      List<String> off =
          List.of(
              "ALTER TABLE \"public\".\"p1\" DISABLE TRIGGER \"part\";",
              "ALTER TABLE \"public\".\"t\" DISABLE RULE \"aside\";",
              "ALTER TABLE \"public\".\"t\" DISABLE TRIGGER \"Keep out\";");
      String message =
          "Target tables have triggers or rules for rows that are inserted. They may change rows"
              + " that are loaded, keep them out or write elsewhere, and COPY passes rules over. Let"
              + " the tables' owner turn them off, and on again when all rows are loaded:\n  "
              + String.join("\n  ", off)
              + "\nNothing was touched.";
      try (Migration migration = bed.migration("")) {
        refused(() -> migration.perform(new MigrateTask(true)), message);
        refused(() -> migration.perform(new BackfillTask()), message);
        refused(() -> migration.perform(new PreviewSchema()), message);
        assertThat(bed.ask("SELECT to_regnamespace('landfall'), count(*) FROM t"))
            .containsExactly("null|0");

        bed.target(off.toArray(String[]::new));
        migration.perform(new MigrateTask(false));
        assertThat(bed.ask("SELECT id FROM t ORDER BY id")).containsExactly("1", "2", "3");

        // What is loaded is the user's again, and so are its triggers.
        off.forEach(sql -> run(bed, sql.replace("DISABLE", "ENABLE")));
        migration.perform(new MigrateTask(false));
      }
    }
  }

  private static void run(SpecBed bed, String sql) {
    try {
      bed.target(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  @Test
  void aTriggerThatOnlyTheLoadMeets() throws SQLException {
    try (SpecBed bed = new SpecBed(Source.MARIADB)) {
      bed.source("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1), (2), (3)");
      bed.target(
          "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
          "CREATE FUNCTION made() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN"
              + " IF to_regclass(''public.t'') IS NOT NULL THEN"
              + " CREATE OR REPLACE TRIGGER d BEFORE INSERT ON public.t FOR EACH ROW"
              + " WHEN (NEW.id = 2) EXECUTE FUNCTION public.f(); END IF; END'",
          "CREATE EVENT TRIGGER made ON ddl_command_end WHEN TAG IN ('CREATE TABLE')"
              + " EXECUTE FUNCTION made()");
      try (Migration migration = bed.migration("")) {
        assertThatThrownBy(() -> migration.perform(new MigrateTask(true)))
            .isInstanceOfSatisfying(
                MigrationException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FAILED))
            .hasMessage(
                "The target table public.t took 2 of 3 rows: does a trigger drop rows there? None"
                    + " of these was kept. Turn the trigger off and run the same command again.");
        bed.target("DROP EVENT TRIGGER made", "DROP TRIGGER d ON t");
        migration.perform(new MigrateTask(false));
        assertThat(bed.ask("SELECT count(*) FROM t")).containsExactly("3");
      }
    }
  }

  @Test
  void whatAUserMayNotDo() throws SQLException {
    try (SpecBed bed = new SpecBed(Source.MARIADB)) {
      String writer = "w_" + bed.targetName();
      String other = "o_" + bed.targetName();
      bed.source("CREATE TABLE t (id int PRIMARY KEY)", "CREATE TABLE u (id int PRIMARY KEY)");
      bed.target(
          "CREATE ROLE " + writer + " LOGIN PASSWORD '" + writer + "'",
          "CREATE ROLE " + other + " LOGIN PASSWORD '" + other + "'",
          "GRANT CREATE ON DATABASE " + bed.targetName() + " TO " + writer,
          "GRANT CREATE, USAGE ON SCHEMA public TO " + writer + ", " + other,
          "CREATE TABLE t (id int PRIMARY KEY)",
          "GRANT SELECT, INSERT ON t TO " + writer + ", " + other,
          "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
          "CREATE POLICY few ON t USING (id < 10)");
      try (Migration migration = bed.migrationOf(null, writer, "")) {
        refused(
            () -> migration.perform(new MigrateTask(true)),
            "Row security decides which rows of public.t the user "
                + writer
                + " sees, and COPY is refused; nothing was touched. Let an administrator run this,"
                + " or turn row security off for these tables:\n  ALTER ROLE \""
                + writer
                + "\" BYPASSRLS;");
        bed.target("ALTER ROLE " + writer + " BYPASSRLS");
        migration.perform(new MigrateTask(false));

        bed.target("INSERT INTO t VALUES (7)");
        assertThat(migration.perform(new VerifyTask()).equal()).isFalse();
        refused(
            () ->
                migration.perform(new RepairTask(RepairRequest.builder().setExecute(true).build())),
            """
            The user %s lacks rights to repair rows in the target database %s. Let an owner run:
              GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE "public"."t" TO "%s";
            Nothing was touched."""
                .formatted(writer, bed.targetName(), writer));

        bed.target("ALTER TABLE u OWNER TO postgres", "GRANT SELECT, INSERT ON u TO " + writer);
        refused(
            () -> migration.perform(new MigrateTask(true)),
            """
            The user %s does not own the tables that this migration made, and only an owner makes \
            their keys and indexes. Use the account that began the migration, or let an \
            administrator run:
              GRANT "postgres" TO "%s";
            Nothing was touched."""
                .formatted(writer, writer));
      }
      try (Migration stranger = bed.migrationOf(null, other, "")) {
        assertThatThrownBy(() -> stranger.perform(new VerifyTask()))
            .isInstanceOfSatisfying(
                MigrationException.class, e -> assertThat(e.kind()).isEqualTo(Kind.USAGE))
            .hasMessageContaining("permission denied for schema landfall");
      } finally {
        bed.target("DROP OWNED BY " + writer + ", " + other, "DROP ROLE " + writer + ", " + other);
      }
    }
  }
}

package dev.landfall.pipelines.define;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.MovedDatabase.Source;
import dev.landfall.pipelines.SpecBed;
import dev.landfall.pipelines.load.BackfillTask;
import dev.landfall.pipelines.load.MigrateTask;
import dev.landfall.pipelines.run.ResetMigration;
import dev.landfall.pipelines.verify.VerifyTask;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements of the spec, run on a real target. */
class StatementsTest {
  @TempDir Path directory;

  private static final String LOOK =
      "INSERT INTO seen SELECT '%s', to_regclass('public.c') IS NOT NULL,"
          + " (SELECT count(*) FROM pg_constraint WHERE contype = 'p' AND conname = 'c_pkey'),"
          + " (SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND conname = 'to_p')";

  /** What each moment sees of a table that has a key and refers to another one. */
  private static final String SQL =
      """
      sql:
        beforeTables:
          - CREATE TABLE seen (moment text, there boolean, keys int, refers int, n serial)
          - INSERT INTO seen SELECT 'beforeTables', to_regclass('public.c') IS NOT NULL, 0, 0
        beforeLoad:
          - |
            -- Both or none; a semicolon; is no end here.
            %s;
            INSERT INTO seen SELECT 'rows;', NULL, count(*) FROM c;
        afterLoad:
          - %s
          - INSERT INTO seen SELECT 'rows', NULL, count(*) FROM c
        afterKeys:
          - %s
      """
          .formatted(
              LOOK.formatted("beforeLoad"),
              LOOK.formatted("afterLoad"),
              LOOK.formatted("afterKeys"));

  private static final List<String> SEEN =
      List.of(
          "beforeTables|f|0|0",
          "beforeLoad|t|0|0",
          "rows;|null|0|null",
          "afterLoad|t|0|0",
          "rows|null|3|null",
          "afterKeys|t|1|1");

  private static SpecBed bed() throws SQLException {
    SpecBed bed = new SpecBed(Source.MARIADB);
    bed.source(
        "CREATE TABLE p (id int PRIMARY KEY)",
        "INSERT INTO p VALUES (1)",
        "CREATE TABLE c (id int PRIMARY KEY, p int,"
            + " CONSTRAINT to_p FOREIGN KEY (p) REFERENCES p (id))",
        "INSERT INTO c VALUES (1, 1), (2, 1), (3, NULL)");
    return bed;
  }

  private static List<String> seen(SpecBed bed) throws SQLException {
    return bed.ask("SELECT moment, there, keys, refers FROM seen ORDER BY n");
  }

  private static void migrate(SpecBed bed, String spec) {
    try (Migration migration = bed.migration(spec)) {
      migration.perform(new MigrateTask(true));
    }
  }

  private static void refused(SpecBed bed, String spec, Kind kind, String message) {
    assertThatThrownBy(() -> migrate(bed, spec))
        .isInstanceOfSatisfying(MigrationException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessage(message);
  }

  @Test
  void eachRunsOnceAtItsMoment() throws Exception {
    try (SpecBed bed = bed()) {
      migrate(bed, SQL);
      assertThat(seen(bed)).isEqualTo(SEEN);

      migrate(bed, SQL);
      assertThat(seen(bed)).isEqualTo(SEEN);
      assertThat(bed.ask("SELECT text FROM landfall.event WHERE kind = 'STATEMENT' ORDER BY id"))
          .containsExactly(
              "types.yaml:6:7  sql.beforeTables[0] ran",
              "types.yaml:7:7  sql.beforeTables[1] ran",
              "types.yaml:9:7  sql.beforeLoad[0] ran",
              "types.yaml:14:7  sql.afterLoad[0] ran",
              "types.yaml:15:7  sql.afterLoad[1] ran",
              "types.yaml:17:7  sql.afterKeys[0] ran");

      // Begun anew, they are to be done again.
      bed.target("DROP TABLE seen");
      try (Migration migration = bed.migration(SQL)) {
        migration.perform(new ResetMigration());
        migration.perform(new MigrateTask(true));
        assertThat(seen(bed)).isEqualTo(SEEN);
        assertThat(migration.perform(new VerifyTask()).equal()).isTrue();
      }
    }
  }

  @Test
  void stepByStepTheyWaitForTheirMoments() throws Exception {
    try (SpecBed bed = bed();
        Migration migration = bed.migration(SQL)) {
      migration.perform(new ApplySchemaTask(true, false));
      assertThat(seen(bed)).isEqualTo(SEEN.subList(0, 1));
      migration.perform(new BackfillTask());
      assertThat(seen(bed)).isEqualTo(SEEN.subList(0, 5));
      migration.perform(new ApplySchemaTask(false, true));
      assertThat(seen(bed)).isEqualTo(SEEN);
    }
    try (SpecBed bed = bed();
        Migration migration = bed.migration(SQL)) {
      // Both tables are loaded at once, with the foreign key in force.
      bed.source("UPDATE c SET p = NULL");
      migration.perform(new ApplySchemaTask(true, true));
      assertThat(seen(bed)).isEqualTo(SEEN.subList(0, 1));
      migration.perform(new BackfillTask());
      assertThat(seen(bed))
          .containsExactly(
              "beforeTables|f|0|0",
              "beforeLoad|t|1|1",
              "rows;|null|0|null",
              "afterLoad|t|1|1",
              "rows|null|3|null",
              "afterKeys|t|1|1");
    }
  }

  @Test
  void oneThatFailsIsMendedAndGoneOnWith() throws Exception {
    Path file = directory.resolve("after.sql");
    String spec =
        """
        sql:
          beforeLoad:
            - CREATE TABLE log (at text)
            - |
              INSERT INTO log VALUES ('first');
              INSERT INTO log
                SELECT nobody
                FROM c;
          afterLoad: [{file: %s}]
        """
            .formatted(file);
    String mended = spec.replace("nobody", "'second: ' || count(*)");
    try (SpecBed bed = bed()) {
      Files.writeString(file, "INSERT INTO log VALUES ('third');\n\n\nVALUES (1/0);\n");
      refused(
          bed,
          spec,
          Kind.FAILED,
          "types.yaml:7:7  sql.beforeLoad[1] failed in the target database %s, line 3 of it: ERROR:"
                  .formatted(bed.spec("").target().connection().display())
              + " column \"nobody\" does not exist (SQLState 42703).\nNothing of it was kept; what"
              + " came before it is done. Mend the cause or the entry and run the same command"
              + " again: it goes on with it.");
      assertThat(bed.ask("SELECT at FROM log")).isEmpty();
      assertThat(bed.ask("SELECT count(*) FROM landfall.chunk")).containsExactly("0");
      assertThat(bed.ask("SELECT outcome FROM landfall.run")).containsExactly("FAILED");

      assertThatThrownBy(() -> migrate(bed, mended))
          .hasMessageContaining(
              "sql.afterLoad[0].file failed in the target database ",
              ", " + file + ":4: ERROR: division by zero (SQLState 22012).");
      assertThat(bed.ask("SELECT at FROM log")).containsExactly("first", "second: 0");

      Files.writeString(file, "INSERT INTO log VALUES ('third')");
      migrate(bed, mended);
      migrate(bed, mended);
      assertThat(bed.ask("SELECT at FROM log")).containsExactly("first", "second: 0", "third");
      assertThat(bed.ask("SELECT conname FROM pg_constraint WHERE contype = 'f'")).contains("to_p");
    }
  }

  @Test
  void whatRanIsNotChangedAndWhatIsLateIsNotDone() throws Exception {
    try (SpecBed bed = bed()) {
      String one = "sql: {afterLoad: [CREATE TABLE log (at text)], afterKeys: [ANALYZE c]}\n";
      migrate(bed, one);
      refused(
          bed,
          one.replace("(at text)", "(at text, x int)")
              .replace("afterKeys", "beforeTables: [DROP TABLE p CASCADE], afterKeys"),
          Kind.USAGE,
          """
          types.yaml:4:70  sql.beforeTables[0]: its moment has passed, tables are made. Take it out \
          of the spec and run it yourself if it still does what it should; or give it a later \
          moment; or begin anew with --restart.
          types.yaml:4:19  sql.afterLoad[0]: in its place another text ran (types.yaml:4:19  \
          sql.afterLoad[0]). Each runs once: put it back as it was, and write what is to be done \
          now behind those that ran; or begin anew with --restart.
          Nothing was touched.\
          """);
      // Whoever only compares does not mind, and what comes behind those that ran is done.
      migrate(
          bed,
          """
          # Blanks are no change, and a line lower neither.
          sql:
            afterLoad:
              - |
                CREATE TABLE log (at text)

              - INSERT INTO log VALUES ('late')
          """);
      assertThat(bed.ask("SELECT at FROM log")).containsExactly("late");
      try (Migration migration = bed.migration("sql: {afterLoad: [VALUES (1)]}\n")) {
        assertThat(migration.perform(new VerifyTask()).equal()).isTrue();
      }
    }
  }

  /** The server ends the session behind its work and before it is committed. */
  @Test
  void oneThatIsCutShortIsDoneOnce() throws Exception {
    try (SpecBed bed = bed()) {
      bed.target("CREATE SEQUENCE tries", "CREATE TABLE log (at text)");
      migrate(
          bed,
          """
          sql:
            afterLoad:
              - |
                INSERT INTO log VALUES ('once');
                DO $$ BEGIN
                  IF nextval('tries') = 1 THEN
                    PERFORM pg_terminate_backend(pg_backend_pid());
                  END IF;
                END $$
          """);
      assertThat(bed.ask("SELECT at, (SELECT last_value FROM tries) FROM log"))
          .containsExactly("once|2");
    }
  }

  @Test
  void eachHasASessionAndATransactionOfItsOwn() throws Exception {
    try (SpecBed bed = bed()) {
      migrate(
          bed,
          """
          sql:
            beforeTables:
              - |
                CREATE SCHEMA aside;
                SET search_path = aside;
                SET TimeZone = 'Asia/Tokyo';
                CREATE TABLE log (path text, zone text, xid xid)
              - INSERT INTO aside.log VALUES (current_schema(), current_setting('TimeZone'))
            afterKeys:
              - INSERT INTO aside.log VALUES ('?', '{d}', '${NAME}'::text::xid)
          """
              .replace("'${NAME}'::text::xid", "NULL), ('${NAME}', '$${NAME}', NULL"));
      assertThat(bed.ask("SELECT path, zone FROM aside.log"))
          .containsExactly("public|UTC", "?|{d}", "${NAME}|$${NAME}");
      // What only the server knows to be impossible in a transaction.
      assertThatThrownBy(
              () ->
                  migrate(
                      bed,
                      "sql: {afterLoad: ['CREATE SUBSCRIPTION s CONNECTION "
                          + "''dbname=x'' PUBLICATION p']}\n"))
          .hasMessageContaining(
              "(SQLState 25001). Each entry is a transaction of its own: take it"
                  + " out of the spec and run it yourself.");
    }
  }

  @Test
  void thePreviewHasThemInTheirPlaces() throws Exception {
    try (SpecBed bed = bed();
        Migration migration = bed.migration(SQL)) {
      var schema = migration.perform(new PreviewSchema());
      assertThat(schema.pre())
          .containsSubsequence(
              "SET statement_timeout",
              "-- types.yaml:6:7  sql.beforeTables[0]\nCREATE TABLE seen",
              ";\n\n-- types.yaml:7:7  sql.beforeTables[1]\nINSERT INTO seen",
              "CREATE TABLE \"public\".\"c\"",
              "sql.beforeLoad[0]\nINSERT INTO seen SELECT 'beforeLoad'",
              "FROM c;\n");
      assertThat(schema.post())
          .containsSubsequence(
              "sql.afterLoad[0]",
              "sql.afterLoad[1]",
              "PRIMARY KEY",
              "FOREIGN KEY",
              "sql.afterKeys[0]");
      assertThat(bed.ask("SELECT count(*) FROM pg_class WHERE relname IN ('seen', 'c')"))
          .containsExactly("0");
      bed.target(schema.pre().replace("SELECT set_config", "VALUES (1); SELECT set_config"));
      assertThat(seen(bed)).isEqualTo(SEEN.subList(0, 3));
    }
  }
}

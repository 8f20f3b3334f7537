package dev.landfall.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.pipelines.MovedDatabase.Source;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.define.ApplySchemaTask;
import dev.landfall.pipelines.define.PreviewSchema;
import dev.landfall.pipelines.load.MigrateTask;
import dev.landfall.pipelines.run.DryRun;
import dev.landfall.pipelines.run.ResetMigration;
import dev.landfall.pipelines.verify.VerifyTask;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.ledger.HistoryEntry;
import dev.landfall.transforms.ledger.Snapshot;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Types that values, the spec or the target's extensions decide. */
class ChosenTypesTest {
  private static final String TYPES =
      "SELECT format_type(atttypid, atttypmod) FROM pg_attribute"
          + " WHERE attrelid = '%s'::regclass AND attnum > 0 ORDER BY attnum";

  private static final String ENUMS =
      "SELECT typname, string_agg(enumlabel, '|' ORDER BY enumsortorder) FROM pg_type"
          + " JOIN pg_enum ON enumtypid = pg_type.oid GROUP BY 1 ORDER BY 1";

  @ParameterizedTest
  @EnumSource(Source.class)
  void unsignedKeysAreOneTypeAndStayIt(Source server) throws SQLException {
    try (SpecBed bed = new SpecBed(server)) {
      bed.source(
          "CREATE TABLE a (id bigint unsigned PRIMARY KEY)",
          "CREATE TABLE b (id int PRIMARY KEY, a bigint unsigned, large bigint unsigned,"
              + " FOREIGN KEY (a) REFERENCES a (id))",
          "INSERT INTO a VALUES (7)",
          "INSERT INTO b VALUES (1, 7, 18446744073709551615)");
      try (Migration migration = bed.migration("")) {
        migration.perform(new MigrateTask(true));

        assertThat(bed.ask(TYPES.formatted("a"))).containsExactly("bigint");
        assertThat(bed.ask(TYPES.formatted("b")))
            .containsExactly("integer", "bigint", "numeric(20,0)");
        assertThat(
                bed.ask(
                    "SELECT count(*) FROM pg_constraint WHERE contype = 'f'"
                        + " AND conrelid = 'b'::regclass"))
            .containsExactly("1");
      }

      // The choice stands: what came later is not what it was made for.
      bed.source("INSERT INTO a VALUES (9223372036854775808)");
      try (Migration again = bed.migration("")) {
        VerificationReport report = again.perform(new VerifyTask());
        assertThat(report.differences().stream().map(d -> d.key().toString()).toList())
            .containsExactly("{id=9223372036854775808}");
      }

      // Begun anew, it is made by the values that there are now.
      try (Migration anew = bed.migration("")) {
        anew.perform(new ResetMigration());
        anew.perform(new MigrateTask(true));
        assertThat(bed.ask(TYPES.formatted("a"))).containsExactly("numeric(20,0)");
        assertThat(bed.ask(TYPES.formatted("b")))
            .containsExactly("integer", "numeric(20,0)", "numeric(20,0)");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void typesAreChosenForAllColumnsOfAKind(Source server) throws SQLException {
    try (SpecBed bed = new SpecBed(server)) {
      bed.source(
          "CREATE TABLE t (id bigint unsigned PRIMARY KEY, flag tinyint(1), own tinyint(1), s set('b','a'),"
              + " y year, d datetime(3), c time, j json, g point, p geometry)",
          "INSERT INTO t VALUES (1, 1, 1, 'a,b', 2024, '2024-05-06 07:08:09.123', '10:11:12',"
              + " '{\"a\": 1}', ST_GeomFromText('POINT(1 2)'), ST_GeomFromText('POINT(3 4)')),"
              + " (9223372036854775808, 1, 1, '', 1999, NULL, NULL, NULL, NULL, NULL),"
              + " (2, 0, 0, NULL, NULL, NULL, '-00:00:01', NULL, NULL, NULL)");
      try (Migration migration =
          bed.migration(
              """
              types:
                tinyint(1): smallint
                bigint unsigned: bigint
                set: text
                year: integer
                datetime: timestamptz
                time: time
                json: json
                geometry: text
                point: bytea
              mappings:
                - {table: t, columns: {own: {type: boolean}}}
              load: {rejects: 10}
              """)) {
        migration.perform(new MigrateTask(false));

        assertThat(bed.ask(TYPES.formatted("t")))
            .containsExactly(
                "bigint",
                "smallint",
                "boolean",
                "text",
                "integer",
                "timestamp with time zone",
                "time without time zone",
                "json",
                "bytea",
                "text");
        assertThat(bed.ask("SELECT * FROM t"))
            .containsExactly(
                "1|1|t|b,a|2024|2024-05-06 07:08:09.123+00|10:11:12|{\"a\": 1}"
                    + "|\\x0101000000000000000000f03f0000000000000040|POINT(3 4)");
        assertThat(bed.ask("SELECT key->>'id', column_name FROM landfall.reject ORDER BY 1"))
            .containsExactly("2|c", "9223372036854775808|id");
      }
    }
  }

  @Test
  void aChoiceThatDoesNotFitIsAMistakeWithItsPlace() throws SQLException {
    try (SpecBed bed = new SpecBed(Source.MARIADB)) {
      bed.source("CREATE TABLE t (id int PRIMARY KEY, e enum('a'), f enum('b'), v varchar(9))");
      Migration migration =
          bed.migration("types:\n  enum: boolean\n  varchar: enum\n  int: numbre(3)\n");

      assertThatThrownBy(() -> migration.perform(new PreviewSchema()))
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining("3 mistakes, nothing was touched:")
          .hasMessageContaining(
              "types.yaml:5:9  types.enum: values of "
                  + bed.sourceName()
                  + ".t.e (enum('a')) can't become boolean without loss")
          .hasMessageContaining("types.yaml:6:12  types.varchar: values of")
          .hasMessageContaining("an enum is made of the members of an enum")
          .hasMessageContaining("types.yaml:7:8  types.int: the target has no type \"numbre(3)\"");
      migration.close();
    }
  }

  @Test
  void typesThatTheTargetDoesNotHaveAreMistakesToo() throws SQLException {
    try (SpecBed bed = new SpecBed(Source.MARIADB)) {
      bed.source("CREATE TABLE t (id int PRIMARY KEY, c char(3), d char(3), e char(2), f int)");
      bed.target("CREATE DOMAIN code AS varchar(9) NOT NULL");
      String spec =
          """
          types: {char: "varchr(9)"}
          mappings:
            - table: t
              columns:
                c: {type: chr(3)}
                d: {type: "varchar(0)"}
                f: {type: record}
                g: {constant: x, type: "geometry(Point,4326)"}
          """;
      try (Migration migration = bed.migration(spec)) {
        assertThatThrownBy(() -> migration.perform(new PreviewSchema()))
            .isInstanceOf(MigrationException.class)
            .hasMessageContaining("5 mistakes, nothing was touched:")
            .hasMessageContaining(
                "types.yaml:4:15  types.char: the target has no type \"varchr(9)\" for a column:"
                    + " type \"varchr\" does not exist.")
            .hasMessageContaining(
                "types.yaml:8:17  mappings[0].columns.c.type: the target has no type \"chr(3)\" for"
                    + " a column: type \"chr\" does not exist.")
            .hasMessageContaining("length for type varchar must be at least 1.")
            .hasMessageContaining("\"record\" for a column: it is a pseudo-type")
            .hasMessageContaining("type \"geometry\" does not exist.");
      }
      try (Migration migration =
          bed.migration(
              "mappings: [{table: t, columns: {c: {type: code}, d: {type: citext}, f: {type:"
                  + " int8}}}]\n")) {
        assertThat(migration.perform(new PreviewSchema()).pre())
            .contains("\"c\"  code,", "\"f\"  bigint");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void enumsAreMadeOnceAndGoWithTheirTables(Source server) throws SQLException {
    try (SpecBed bed = new SpecBed(server)) {
      bed.source(
          "CREATE TABLE t (id int PRIMARY KEY,"
              + " e enum('z','it''s','back\\\\slash','','a') DEFAULT 'it''s',"
              + " `w (x)` enum('b','a') NOT NULL)",
          "CREATE TABLE t_e (id int PRIMARY KEY)",
          "INSERT INTO t VALUES (1, 'z', 'a'), (2, 'a', 'b'), (3, '', 'a'), (4, NULL, 'b'),"
              + " (5, 'back\\\\slash', 'a')");
      bed.target("CREATE TYPE own AS ENUM ('z')");
      String spec = "types: {enum: enum}\n";
      try (Migration migration = bed.migration(spec)) {
        migration.perform(new ApplySchemaTask(true, false));
        // Again, as behind an interruption.
        bed.target("DROP TABLE t");
        migration.perform(new MigrateTask(true));

        List<String> enums = bed.ask(ENUMS);
        assertThat(enums)
            .hasSize(3)
            .contains("own|z", "t_w__x_|b|a")
            .anyMatch(line -> line.matches("t_e_[0-9a-f]{8}\\|z\\|it's\\|back\\\\slash\\|\\|a"));
        assertThat(bed.ask("SELECT id, e FROM t ORDER BY e, id"))
            .containsExactly("1|z", "5|back\\slash", "3|", "2|a", "4|null");
        assertThat(
                bed.ask(
                    "SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef"
                        + " WHERE adrelid = 't'::regclass"))
            .hasSize(1)
            .allMatch(text -> text.startsWith("'it''s'::t_e_"));
      }
      try (Migration again = bed.migration(spec)) {
        again.perform(new MigrateTask(true));
        assertThat(again.perform(new VerifyTask()).equal()).isTrue();
        again.perform(new DryRun(new MigrateTask(true), true));
        again.perform(new ResetMigration());
        assertThat(bed.ask(ENUMS)).containsExactly("own|z");
        assertThat(again.snapshot().phase()).isEqualTo(Snapshot.Phase.NEW);
        List<HistoryEntry> history = again.journal().history(9);
        assertThat(history)
            .extracting(HistoryEntry::command)
            .startsWith("restart", "verify", "migrate");
        assertThat(history.get(1).differences()).isZero();
        assertThat(
                bed.ask(
                    "SELECT count(*) FILTER (WHERE migration = 'types'), count(*) > 1 FROM"
                        + " landfall.verification"))
            .containsExactly("0|t");
      }
    }
  }

  @Test
  void aTypeOfThatNameWithOtherLabelsIsNotTaken() throws SQLException {
    try (SpecBed bed = new SpecBed(Source.MARIADB)) {
      bed.source("CREATE TABLE t (id int PRIMARY KEY, e enum('a','b'))");
      bed.target("CREATE TYPE t_e AS ENUM ('b', 'a')");
      Migration migration = bed.migration("types: {enum: enum}\n");

      assertThatThrownBy(() -> migration.perform(new MigrateTask(true)))
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining("type \"t_e\" already exists");
      bed.target(
          "ALTER TYPE t_e RENAME VALUE 'b' TO 'x'", "ALTER TYPE t_e RENAME VALUE 'a' TO 'b'");
      bed.target("ALTER TYPE t_e RENAME VALUE 'x' TO 'a'");
      migration.perform(new MigrateTask(true));
      migration.perform(new ResetMigration());
      // It was there before, so it stays.
      assertThat(bed.ask(ENUMS)).containsExactly("t_e|a|b");
      migration.close();
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void postgisGetsItsOwnTypes(Source server) throws SQLException {
    try (SpecBed bed = new SpecBed(server)) {
      Assumptions.assumeTrue(
          bed.ask("SELECT 1 FROM pg_available_extensions WHERE name = 'postgis'").size() == 1,
          "this PostgreSQL has no PostGIS");
      bed.target("CREATE SCHEMA gis", "CREATE EXTENSION postgis SCHEMA gis");
      bed.source(
          "CREATE TABLE t (id int PRIMARY KEY, p point, g geometry, c geometrycollection)",
          "INSERT INTO t VALUES (1, ST_GeomFromText('POINT(1 2)'), ST_GeomFromText('POINT(3 4)', 3857),"
              + " ST_GeomFromText('GEOMETRYCOLLECTION EMPTY')), (2, NULL, NULL, NULL)");
      try (Migration migration = bed.migration("")) {
        migration.perform(new MigrateTask(true));
        assertThat(bed.ask(TYPES.formatted("t")))
            .containsExactly(
                "integer",
                "gis.geometry(Point)",
                "gis.geometry",
                "gis.geometry(GeometryCollection)");
        assertThat(
                bed.ask(
                    "SELECT gis.ST_AsEWKT(p), gis.ST_AsEWKT(g), gis.ST_AsEWKT(c) FROM t ORDER BY id"))
            .containsExactly(
                "POINT(1 2)|SRID=3857;POINT(3 4)|GEOMETRYCOLLECTION EMPTY", "null|null|null");
        assertThat(migration.perform(new VerifyTask()).equal()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void aCounterBeyondTheTypeIsNoted(Source server) throws SQLException {
    try (SpecBed bed = new SpecBed(server)) {
      bed.source(
          "CREATE TABLE a (id int unsigned AUTO_INCREMENT PRIMARY KEY) AUTO_INCREMENT=3000000000",
          "CREATE TABLE b (id bigint unsigned AUTO_INCREMENT PRIMARY KEY)"
              + " AUTO_INCREMENT=9223372036854775808");
      try (Migration migration =
          bed.migration("mappings:\n  - {table: a, columns: {id: {type: integer}}}\n")) {
        assertThat(migration.perform(new PreviewSchema()).notes())
            .contains(
                "column a.id: left to you: can't be numbered further: the source's counter is at"
                    + " 3000000000, beyond integer",
                "column b.id: left to you: is not numbered by the server: PostgreSQL numbers smallint,"
                    + " integer and bigint, not numeric(20); bigint(20) unsigned becomes numeric(20)");
      }
    }
  }
}

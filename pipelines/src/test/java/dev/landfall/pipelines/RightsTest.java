package dev.landfall.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.embedded.EmbeddedNewestMySql;
import dev.landfall.embedded.SharedServers;
import dev.landfall.pipelines.MovedDatabase.Source;
import dev.landfall.pipelines.api.RepairRequest;
import dev.landfall.pipelines.api.VerifyRequest;
import dev.landfall.pipelines.define.ApplySchemaTask;
import dev.landfall.pipelines.define.PreviewSchema;
import dev.landfall.pipelines.load.BackfillTask;
import dev.landfall.pipelines.load.MigrateTask;
import dev.landfall.pipelines.proof.SelfTestTask;
import dev.landfall.pipelines.repair.RepairTask;
import dev.landfall.pipelines.report.MakeReport;
import dev.landfall.pipelines.run.CancelRun;
import dev.landfall.pipelines.run.DryRun;
import dev.landfall.pipelines.run.ExtendTask;
import dev.landfall.pipelines.run.ResetMigration;
import dev.landfall.pipelines.verify.VerifyTask;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What accounts may do that have just the rights that docs/rights.md names, and fewer. */
class RightsTest {
  @ParameterizedTest
  @EnumSource(Source.class)
  void anAccountOfSomeTablesMovesThoseThatTheSpecNames(Source server) throws SQLException {
    try (SpecBed bed = new SpecBed(server)) {
      String database = "`" + bed.sourceName() + "`";
      String reader = "r_" + bed.sourceName();
      bed.source(
          "CREATE TABLE t (id int PRIMARY KEY, a varchar(9), secret int)",
          "CREATE TABLE u (id int PRIMARY KEY)",
          "CREATE TABLE v (id int PRIMARY KEY)",
          "INSERT INTO t VALUES (1, 'x', 7), (2, NULL, 8)",
          "INSERT INTO u VALUES (3)",
          "CREATE USER " + reader + " IDENTIFIED BY '" + reader + "'",
          "GRANT SELECT (id, a) ON " + database + ".t TO " + reader,
          "GRANT SELECT ON " + database + ".u TO " + reader);
      String named = "tables: {include: [t, u]}\n";
      try {
        try (Migration all = bed.migrationOf(reader, null, "")) {
          assertThatThrownBy(() -> all.perform(new MigrateTask(true)))
              .isInstanceOf(MigrationException.class)
              .hasMessageContaining("may not see every table of " + bed.sourceName());
        }
        try (Migration some = bed.migrationOf(reader, null, "tables: {include: [t, \"u*\"]}\n")) {
          assertThatThrownBy(() -> some.perform(new PreviewSchema()))
              .hasMessageContaining("may not see every table of " + bed.sourceName());
        }
        try (Migration both = bed.migrationOf(reader, null, named)) {
          assertThatThrownBy(() -> both.perform(new MigrateTask(true)))
              .hasMessageContaining(
                  "may not see every column of " + bed.sourceName() + ".t (it sees id, a)");
        }
        assertThat(bed.ask("SELECT to_regnamespace('landfall'), to_regclass('t')"))
            .containsExactly("null|null");

        bed.source("GRANT REFERENCES ON " + database + ".t TO " + reader);
        try (Migration both = bed.migrationOf(reader, null, named)) {
          assertThatThrownBy(() -> both.perform(new MigrateTask(true)))
              .hasMessageContaining("can't read " + bed.sourceName() + ".t on the source");
        }
        try (Migration both =
            bed.migrationOf(reader, null, named + "mappings: [{table: t, omit: [secret]}]\n")) {
          both.perform(new MigrateTask(true));
        }
        assertThat(bed.ask("SELECT id, a FROM t ORDER BY id")).containsExactly("1|x", "2|null");
        assertThat(bed.ask("SELECT id FROM u")).containsExactly("3");
        assertThat(bed.ask("SELECT to_regclass('v')")).containsExactly("null");
      } finally {
        bed.source("DROP USER " + reader);
      }
    }
  }

  /** What only newer servers have: rights revoked in part, and columns that * leaves out. */
  @Test
  void rightsRevokedInPartAndColumnsThatAreNotShown() throws SQLException {
    Assumptions.assumeTrue(
        EmbeddedNewestMySql.missing().isEmpty(), () -> EmbeddedNewestMySql.missing().orElse(""));
    try (SpecBed bed = new SpecBed(SharedServers.newestMysql().freshDatabase("rights_"))) {
      String database = "`" + bed.sourceName() + "`";
      String reader = "r_" + bed.sourceName();
      bed.source(
          "CREATE TABLE t (id int PRIMARY KEY)",
          "CREATE TABLE u (id int PRIMARY KEY, secret int INVISIBLE DEFAULT 3)",
          "CREATE USER " + reader + " IDENTIFIED BY '" + reader + "'",
          "SET GLOBAL partial_revokes = ON",
          "GRANT SELECT ON *.* TO " + reader,
          "REVOKE SELECT ON " + database + ".* FROM " + reader,
          "GRANT SELECT ON " + database + ".t TO " + reader,
          "GRANT SELECT (id) ON " + database + ".u TO " + reader);
      try (Migration all = bed.migrationOf(reader, null, "");
          Migration named = bed.migrationOf(reader, null, "tables: {include: [t, u]}\n")) {
        String grant = "GRANT SELECT ON " + database + ".* TO '" + reader + "'@'%'";
        assertThatThrownBy(() -> all.perform(new PreviewSchema()))
            .hasMessageEndingWith("\n  " + grant + ";");
        assertThatThrownBy(() -> named.perform(new PreviewSchema()))
            .hasMessageContaining(".u (it sees id)");
        bed.source(grant);
        assertThat(all.perform(new PreviewSchema()).pre()).contains("\"t\"", "\"secret\"");
      } finally {
        bed.source("DROP USER " + reader, "SET GLOBAL partial_revokes = OFF");
      }
    }
  }

  /** The statements of docs/rights.md, for accounts and databases of this test. */
  private record Documented(List<String> blocks, SpecBed bed) {
    static Documented of(SpecBed bed) throws IOException {
      Matcher block =
          Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL)
              .matcher(Files.readString(Path.of("../docs/rights.md")));
      return new Documented(block.results().map(found -> found.group(1)).toList(), bed);
    }

    String mover() {
      return "mover_" + bed.targetName();
    }

    String watcher() {
      return "watcher_" + bed.targetName();
    }

    void grant(int block, SpecBed.Run side) throws SQLException {
      for (String statement : blocks.get(block).strip().split(";\n", -1)) {
        side.run(
            statement
                .replace("mover", mover())
                .replace("watcher", watcher())
                .replace("'password'", "'" + (block == 6 ? watcher() : mover()) + "'")
                .replace("`shop`", "`" + bed.sourceName() + "`")
                .replace("\"shop\"", bed.targetName()));
      }
    }
  }

  /** Slow only where it moves rows; what the other product's catalogue shows is tested above. */
  @Test
  void eachCommandNeedsTheDocumentedRightsAndNoMore() throws SQLException, IOException {
    try (SpecBed bed = new SpecBed(Source.MARIADB)) {
      Documented rights = Documented.of(bed);
      assertThat(rights.blocks()).hasSize(7);
      bed.source(
          "CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, j json, z datetime NOT NULL,"
              + " at timestamp NULL ON UPDATE CURRENT_TIMESTAMP, v varchar(9), UNIQUE (v))",
          "CREATE TABLE u (id int PRIMARY KEY, t int, FOREIGN KEY (t) REFERENCES t (id))",
          "CREATE TABLE own (id int PRIMARY KEY, a int)",
          "CREATE VIEW w AS SELECT id FROM t",
          "INSERT INTO t (j, z, v) VALUES ('{}', '2024-01-02 03:04:05', 'x'), ('[1]', '2024-01-02"
              + " 03:04:05', 'y')",
          "INSERT INTO u VALUES (1, 2)",
          "INSERT INTO own VALUES (1, 2), (2, 3)");
      bed.target(
          "REVOKE ALL ON DATABASE " + bed.targetName() + " FROM PUBLIC",
          "REVOKE ALL ON SCHEMA public FROM PUBLIC",
          "CREATE TABLE own (id int PRIMARY KEY, a int)");
      rights.grant(0, bed::source);
      rights.grant(1, bed::target);
      rights.grant(2, bed::target);
      try (Migration migration = bed.migrationOf(rights.mover(), rights.mover(), "")) {
        migration.perform(new PreviewSchema(true));
        migration.perform(new ApplySchemaTask(true, false));
        migration.perform(new DryRun(new BackfillTask()));
        migration.perform(new BackfillTask());
        migration.perform(new ApplySchemaTask(false, true));
        bed.source("CREATE TABLE later (id int PRIMARY KEY)");
        migration.perform(new ExtendTask());
        migration.perform(new MigrateTask(false));

        bed.target("UPDATE t SET v = 'other' WHERE id = 1", "DELETE FROM own WHERE id = 1");
        assertThat(
                migration
                    .perform(new VerifyTask(VerifyRequest.builder().setPushdown(true).build()))
                    .equal())
            .isFalse();
        migration.perform(new RepairTask(RepairRequest.builder().build()));
        assertThatThrownBy(
                () ->
                    migration.perform(
                        new RepairTask(RepairRequest.builder().setExecute(true).build())))
            .hasMessageContaining("lacks rights to repair rows");
        rights.grant(3, bed::target);
        migration.perform(new RepairTask(RepairRequest.builder().setExecute(true).build()));
        assertThat(bed.ask("SELECT (SELECT v FROM t WHERE id = 1), count(*) FROM own"))
            .containsExactly("x|2");

        rights.grant(5, bed::target);
        migration.perform(new SelfTestTask(List.of()));
        assertThat(migration.perform(new CancelRun(false))).isEmpty();
        assertThat(migration.perform(new MakeReport())).isNotNull();

        rights.grant(6, bed::target);
        try (Migration watched = bed.migrationOf(rights.mover(), rights.watcher(), "")) {
          assertThat(watched.snapshot().tables()).hasSize(4);
          assertThat(watched.journal().history(10)).isNotEmpty();
          assertThat(watched.journal().rejects(List.of(), true, 10).rows()).isEmpty();
          assertThat(watched.perform(new MakeReport())).isNotNull();
        }
        assertThatThrownBy(() -> migration.perform(new ResetMigration()))
            .isInstanceOfSatisfying(
                MigrationException.class, e -> assertThat(e.kind()).isEqualTo(Kind.USAGE))
            .hasMessageContaining("permission denied for table own");
        rights.grant(4, bed::target);
        migration.perform(new DryRun(new MigrateTask(true), true));
        migration.perform(new ResetMigration());
      } finally {
        bed.source("DROP USER " + rights.mover());
        for (String role :
            bed.ask(
                "SELECT rolname FROM pg_roles WHERE rolname LIKE '%" + bed.targetName() + "'")) {
          bed.target("DROP OWNED BY " + role + " CASCADE", "DROP ROLE " + role);
        }
      }
    }
  }
}

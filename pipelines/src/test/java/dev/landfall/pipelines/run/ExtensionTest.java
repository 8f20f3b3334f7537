package dev.landfall.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.MovedDatabase.Source;
import dev.landfall.pipelines.SpecBed;
import dev.landfall.pipelines.api.SchemaText;
import dev.landfall.pipelines.define.PreviewSchema;
import dev.landfall.pipelines.load.BackfillTask;
import dev.landfall.pipelines.load.MigrateTask;
import dev.landfall.pipelines.verify.VerifyTask;
import dev.landfall.transforms.MigrationException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A source that has more than when its migration was begun. */
class ExtensionTest {
  private static final String LOADED_BY =
      "SELECT table_position, count(DISTINCT run), min(run) = (SELECT min(id) FROM landfall.run)"
          + " FROM landfall.chunk WHERE plan = 'LOAD' GROUP BY table_position"
          + " ORDER BY table_position";

  @Test
  void whatIsNewIsLeftOutOrAdded() throws Exception {
    try (SpecBed bed = new SpecBed(Source.MARIADB)) {
      bed.source(
          "CREATE TABLE b (id int PRIMARY KEY, n int)",
          "INSERT INTO b VALUES (1, 1), (2, 2)",
          "CREATE TABLE d (id int PRIMARY KEY, b int, FOREIGN KEY (b) REFERENCES b (id))",
          "INSERT INTO d VALUES (1, 1)",
          "CREATE TABLE e (id int PRIMARY KEY)",
          "CREATE VIEW v AS SELECT id, n FROM b");
      try (Migration migration = bed.migration("")) {
        migration.perform(new MigrateTask(true));
        assertThat(migration.perform(new PreviewSchema()).changes()).isEmpty();
      }
      String b = bed.sourceName() + ".b";
      bed.source(
          "ALTER TABLE b ADD note varchar(10) AFTER id",
          "UPDATE b SET note = 'x' WHERE id = 1",
          "CREATE TABLE a (id int PRIMARY KEY, yes tinyint(1) NOT NULL)",
          "INSERT INTO a VALUES (7, 1)",
          "CREATE TABLE c (id int PRIMARY KEY)");

      try (Migration without =
          bed.migration("tables: {exclude: [a, c]}\nmappings: [{table: b, omit: [note]}]\n")) {
        without.perform(new MigrateTask(true));
        assertThat(without.perform(new VerifyTask()).equal()).isTrue();
      }

      String advice =
          "To go on without what is new, say so in the spec: tables: {exclude: [S.a, S.c]} and"
              + " mappings: [{table: S.b, omit: [note]}]. To have it too: landfall migrate"
              + " --extend, which loads new tables and makes those anew and loads them whole that"
              + " have a new column: public.b.";
      try (Migration migration = bed.migration("")) {
        assertThatThrownBy(() -> migration.perform(new MigrateTask(true)))
            .isInstanceOfSatisfying(
                MigrationException.class,
                e -> assertThat(e.kind()).isEqualTo(MigrationException.Kind.USAGE))
            .hasMessageContaining(b + ".note varchar(10) -> public.b.note varchar(10)")
            .hasMessageEndingWith(advice.replace("S.", bed.sourceName() + "."));
        SchemaText schema = migration.perform(new PreviewSchema());
        assertThat(schema.changes()).last().isEqualTo(advice.replace("S.", bed.sourceName() + "."));
        assertThat(schema.pre()).contains("\"note\" varchar(10)", "\"yes\" boolean");

        // Something in the way of the last new table, so that the first attempt is cut short.
        bed.target("CREATE TYPE public.c AS (x int)");
        migration.perform(new ExtendTask());
        assertThat(migration.perform(new PreviewSchema()).changes()).isEmpty();
        assertThatThrownBy(() -> migration.perform(new MigrateTask(true)))
            .hasMessageContaining("\"c\"");
        bed.target("DROP TYPE public.c");
        migration.perform(new MigrateTask(true));
        assertThat(migration.perform(new VerifyTask()).equal()).isTrue();
      }
      assertThat(bed.ask("SELECT text FROM landfall.event WHERE kind = 'EXTENDED'"))
          .containsExactly(
              "the mapping was extended; new tables: S.a, S.c; to be made anew: public.b"
                  .replace("S.", bed.sourceName() + "."));
      assertThat(bed.ask("SELECT id, note, n FROM b ORDER BY id"))
          .containsExactly("1|x|1", "2|null|2");
      assertThat(bed.ask("SELECT id, yes FROM a")).containsExactly("7|t");
      assertThat(bed.ask("SELECT count(*) FROM v")).containsExactly("2");
      assertThat(
              bed.ask(
                  "SELECT conname FROM pg_constraint WHERE contype = 'f' AND convalidated"
                      + " AND conrelid = 'd'::regclass"))
          .hasSize(1);
      assertThat(bed.ask("SELECT array_to_string(tables, ' ') FROM landfall.migration"))
          .containsExactly("S.b S.d S.e S.a S.c".replace("S.", bed.sourceName() + "."));
      // Those that have nothing new are as the first run loaded them.
      assertThat(bed.ask(LOADED_BY)).containsExactly("0|1|f", "1|1|t", "2|1|t", "3|1|f", "4|1|f");

      bed.source("ALTER TABLE e MODIFY id bigint", "ALTER TABLE e ADD k int");
      bed.source("ALTER TABLE b DROP COLUMN n");
      try (Migration migration = bed.migration("")) {
        for (Runnable command :
            List.<Runnable>of(
                () -> migration.perform(new MigrateTask(true)),
                () -> migration.perform(new ExtendTask()))) {
          assertThatThrownBy(command::run)
              .hasMessageContaining(
                  "Change the spec or the source back to go on (what is new can be left out: mappings: [");
        }
        assertThat(migration.perform(new PreviewSchema()).pre())
            .contains("\"k\" ", "\"id\" bigint");

        // Begun anew it could have them, but for what is in the way then.
        List<String> before = bed.ask("SELECT id, note, n FROM b ORDER BY id");
        bed.source("CREATE TABLE x (id int PRIMARY KEY)", "INSERT INTO x VALUES (1)");
        bed.target("CREATE TABLE x_pkey (id int)");
        assertThatThrownBy(() -> migration.perform(new DryRun(new MigrateTask(true), true)))
            .hasMessageContaining("public.x_pkey, for an index of public.x: is a table")
            .hasMessageContaining("nothing was touched");
        bed.target("DROP TABLE x_pkey");
        assertThatThrownBy(() -> migration.perform(new DryRun(new BackfillTask(), true)))
            .hasMessageContaining(
                "--restart leaves none of these in the target: public.a, public.b, ")
            .hasMessageEndingWith("Nothing was touched.");
        migration.perform(new DryRun(new MigrateTask(true), true));
        assertThat(bed.ask("SELECT id, note, n FROM b ORDER BY id")).isEqualTo(before);
        migration.perform(new ResetMigration());
        migration.perform(new MigrateTask(true));
        assertThat(bed.ask("SELECT id, note FROM b ORDER BY id")).containsExactly("1|x", "2|null");
      }
    }
  }
}

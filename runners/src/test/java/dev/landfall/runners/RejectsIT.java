package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Rows that PostgreSQL can't take. */
class RejectsIT {
  @Test
  void oneBadRowCostsThatRowOnly() throws Exception {
    try (Pair pair = Pair.make()) {
      rows(pair, 5000);
      Db.run(
          pair.source(),
          "SET SESSION sql_mode = ''",
          "UPDATE visits SET d = '0000-00-00' WHERE id = 77",
          "UPDATE visits SET x = 'n\\0l' WHERE id = 4000");
      Path spec = pair.spec();

      Cli.Result result = Cli.migrate(spec).exits(3);

      assertThat(result.log())
          .contains(": landfall migrate --", "run 1 of migration ", "phase BACKFILL")
          .contains(": 5000 rows read, 4998 loaded, 0 filtered, 2 rejected, ", "run 1 ends: DONE")
          .contains("exit code 3 after ");
      assertThat(result.out())
          .contains(
              "Done. 4,998 rows moved in ",
              "2 rows could not be loaded. \"landfall rejects\" lists them, each with key, column,"
                  + " reason and value.");
      assertThat(
              Db.rows(
                  pair.target(),
                  "SELECT key, column_name, reason, value FROM landfall.reject ORDER BY value"))
          .containsExactly(
              "{\"id\": \"77\"}\td\tzero date 0000-00-00, which PostgreSQL does not know, in a"
                  + " column that is NOT NULL; `rules: {zeroDate: null}` would load NULL and let"
                  + " the column be NULL\t0000-00-00",
              "{\"id\": \"4000\"}\tx\tNUL character at byte 2 of a text, which PostgreSQL's"
                  + " texts can't hold; `rules: {nul: strip}` would leave it out\t\\\\x6e006c");
      assertThat(
              Db.rows(
                  pair.target(),
                  "SELECT sum(rows_read), sum(rows_loaded), sum(rows_filtered),"
                      + " sum(rows_rejected) FROM landfall.chunk"))
          .containsExactly("5000\t4998\t0\t2");
      assertThat(Db.number(pair.target(), "SELECT count(*) FROM visits")).isEqualTo(4998);
      assertThat(Cli.status(spec).out()).containsPattern("public\\.visits +4,998 .* 2  no\n");
    }
  }

  @Test
  void tooManyStopTheRunUntilMoreAreAllowed() throws Exception {
    try (Pair pair = Pair.make()) {
      rows(pair, 100_000);
      Db.run(
          pair.source(),
          "SET SESSION sql_mode = ''",
          "UPDATE visits SET d = '0000-00-00' WHERE id % 100 = 3",
          "UPDATE visits SET x = 'n\\0l' WHERE id % 1000 = 5");
      Path strict = pair.spec("load: {chunkRows: 100, parallelism: 2, rejects: 20}");

      String stopped = Cli.migrate(strict).exits(4).message();

      assertThat(stopped)
          .matches(
              "\\d+ of about \\d+ rows were rejected, more than load\\.rejects allows \\(20[^)]*\\):\n"
                  + "  \\d+ for shop_\\w+\\.visits\\.d: zero date 0000-00-00, which PostgreSQL does"
                  + " not know, in a column that is NOT NULL\n"
                  + "  \\d+ for shop_\\w+\\.visits\\.x: NUL character at byte 2 of a text, which"
                  + " PostgreSQL's texts can't hold\n"
                  + "These are the rows met so far: landfall\\.reject of the target has each with"
                  + " key, column, reason and value; \"landfall schema --scan\" counts what all of"
                  + " the source has, by column\\.\n"
                  + "To go on without such rows, allow more in the spec and run the same command"
                  + " again; as it is it stops again\\.\n"
                  + "To have them too, correct the source, or say in the spec what becomes of such"
                  + " values, and begin anew with --restart\\. For these columns alone:\n"
                  + "  mappings:\n    - table: visits\n      columns:\n"
                  + "        d: \\{rules: \\{zeroDate: null}}\n"
                  + "        x: \\{rules: \\{nul: strip}}");
      assertThat(Cli.status(strict).out())
          .contains(
              "move  failed",
              "nobody runs it now\n! stopped because more rows were rejected than load.rejects"
                  + " allows, and the same command stops again: allow more")
          .doesNotContain("goes on");
      long committed = pair.committed();
      assertThat(committed)
          .isLessThan(Db.number(pair.target(), "SELECT count(*) FROM landfall.chunk"));

      // The limit is the migration's, not a run's.
      assertThat(Cli.migrate(strict).exits(4).message()).isEqualTo(stopped);
      assertThat(pair.committed()).isEqualTo(committed);

      Cli.migrate(pair.spec("load: {chunkRows: 100, parallelism: 2, rejects: 5%}")).exits(3);
      assertThat(
              Db.rows(
                  pair.target(),
                  "SELECT count(*) = count(committed), sum(rows_read), sum(rows_rejected),"
                      + " (SELECT count(*) FROM visits) FROM landfall.chunk"))
          .containsExactly("t\t100000\t1100\t98900");
    }
  }

  private static void rows(Pair pair, int count) throws Exception {
    Db.run(
        pair.source(),
        "CREATE TABLE visits (id int PRIMARY KEY, d date NOT NULL, x varchar(10))",
        "INSERT INTO visits SELECT seq, '2024-01-01', 'x' FROM seq_1_to_" + count);
  }
}

package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.runners.cli.ExitCodes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code repair} as a person uses it: what it says, how it ends, and how it goes on. */
@Timeout(180)
class RepairIT {
  @Test
  void saysWhatItWouldDoAndDoesIt() throws Exception {
    try (Pair pair = Pair.make()) {
      pair.fill(1_000);
      Path spec = pair.spec();
      String config = spec.toString();
      Cli.migrate(spec).exits(0);

      assertThat(Cli.run("repair", "-c", config).exits(2).message())
          .isEqualTo(
              "Migration \"move\" has no verification that says what to repair. Run \"landfall"
                  + " verify\" first. Nothing was touched.");

      Db.run(
          pair.target(),
          "UPDATE big SET a = 'x' WHERE id IN (7, 8)",
          "DELETE FROM big WHERE id = 9",
          "INSERT INTO big VALUES (5000, 'extra', 1)");
      assertThat(Cli.run("verify", "-c", config).exits(3).out())
          .containsPattern("\n  landfall repair --log=\\S+ -c " + config + "\n");
      String rows = "SELECT xmin, ctid, id, a, b FROM big ORDER BY id";
      List<String> before = Db.rows(pair.target(), rows);
      long runs = Db.number(pair.target(), "SELECT count(*) FROM landfall.run");

      Cli.Result dry = Cli.run("repair", "-c", config).exits(3);

      assertThat(dry.out())
          .startsWith("Nothing was changed. As both sides are now, of 4 keys named by the")
          .contains(
              "\n  table       insert  update  delete  equal  leave  can't  not named\n",
              "\n  public.big       1       2       0      0      1      0          0\n",
              "  2 times:\n    UPDATE \"public\".\"big\" SET \"id\" = ?, \"a\" = ?, \"b\" = ?"
                  + " WHERE \"id\" = ?\n    for id = 7; id = 8\n",
              "  left    public.big  id = 5000  only the target has it\n",
              "To do it:\n  landfall repair --log=",
              " -c " + config + " --execute\n",
              " -c " + config + " --delete-extra --execute\n");
      assertThat(Db.rows(pair.target(), rows)).isEqualTo(before);
      assertThat(Db.number(pair.target(), "SELECT count(*) FROM landfall.run")).isEqualTo(runs);

      assertThat(
              Cli.run("repair", "-c", config, "--execute", "--json", "--table", "big")
                  .exits(3)
                  .out())
          .startsWith("{\"executed\":true,\"equal\":false,\"verified\":\"")
          .contains(
              "\"tables\":[{\"table\":\""
                  + pair.source().name()
                  + ".big\",\"target\":\"public.big\",\"sourceTable\":\""
                  + pair.source().name()
                  + ".big\",\"targetTable\":\"public.big\",\"inserted\":1,\"updated\":2,\"deleted\":0,"
                  + "\"unchanged\":0,\"left\":1,\"failed\":0,\"unnamed\":0,\"statements\":[",
              "\"targetTable\":\"public.big\",\"key\":{\"id\":\"5000\"},\"action\":\"left\","
                  + "\"reason\":\"only the target has it\"}");

      assertThat(Cli.run("repair", "-c", config, "--execute", "--delete-extra").exits(0).out())
          .contains(
              "Both sides agree on these keys.", "To compare both sides whole:\n  landfall verify")
          .doesNotContain("--execute");
      Cli.run("verify", "-c", config).exits(0);
      assertThat(Cli.run("repair", "-c", config).exits(0).out())
          .startsWith("Nothing to repair: no key was found different by the verification of ");
      assertThat(Cli.run("repair", "-c", config, "--table", "bog").exits(2).message())
          .startsWith("--table bog is none of the migration's tables. There are: ");
      Cli.migrate(spec, "--restart", "--yes").exits(0);
      Cli.run("repair", "-c", config).exits(2);
    }
  }

  @Test
  void goesOnAfterItsProcessWasKilled() throws Exception {
    try (Pair pair = Pair.make()) {
      pair.fill(1_500);
      Path spec = pair.spec();
      String config = spec.toString();
      Cli.migrate(spec).exits(0);
      Db.run(
          pair.target(),
          "UPDATE big SET b = -b",
          "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS"
              + " $$BEGIN PERFORM pg_sleep(0.01); RETURN NEW; END$$",
          "CREATE TRIGGER slow BEFORE UPDATE ON big FOR EACH ROW EXECUTE FUNCTION slow()");
      Cli.run("verify", "-c", config).exits(3);

      Process first = start(pair, config);
      awaitDone(pair, 100);
      assertThat(Cli.run("repair", "-c", config, "--execute").exits(5).message())
          .startsWith("Migration \"move\" is held by another run: ");
      assertThat(Cli.status(spec).out()).startsWith("move  repairing");
      first.destroy();
      assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(first.exitValue()).isEqualTo(ExitCodes.STOPPED);
      long stopped = done(pair);
      assertThat(stopped).isBetween(100L, 1_499L);

      Process second = start(pair, config);
      awaitDone(pair, stopped + 100);
      second.destroyForcibly().waitFor();
      Db.run(pair.target(), "DROP TRIGGER slow ON big");
      // What the killed one had in hand is rolled back or committed by then.
      Pair.await(
          () ->
              Db.number(
                      pair.target(),
                      "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                          + " AND application_name LIKE 'landfall%'")
                  == 0);
      long killed = done(pair);
      assertThat(killed).isBetween(stopped + 100, 1_499L);
      List<String> kept = Db.rows(pair.target(), REPAIRED);

      Cli.run("repair", "-c", config, "--execute").exits(0);

      assertThat(Db.rows(pair.target(), REPAIRED)).containsAll(kept).hasSize(1_500);
      assertThat(
              Db.rows(
                  pair.target(),
                  "SELECT count(DISTINCT key), count(DISTINCT run), min(action), max(action)"
                      + " FROM landfall.repair"))
          .containsExactly("1500\t3\tUPDATED\tUPDATED");
      Cli.run("verify", "-c", config).exits(0);
    }
  }

  @Test
  void manyKeysByAJobOnFlink() throws Exception {
    try (Pair pair = Pair.make()) {
      pair.fill(2_500);
      Path spec = pair.spec();
      String config = spec.toString();
      Cli.migrate(spec).exits(0);
      Db.run(pair.target(), "UPDATE big SET b = -b");
      Cli.run("verify", "-c", config).exits(3);

      Cli.run("repair", "-c", config, "--execute", "--runner", "flink", "--parallelism", "2")
          .exits(0);

      assertThat(
              Db.rows(
                  pair.target(), "SELECT count(*), min(action), max(action) FROM landfall.repair"))
          .containsExactly("2500\tUPDATED\tUPDATED");
      Cli.run("verify", "-c", config).exits(0);
    }
  }

  private static final String REPAIRED =
      "SELECT id, run, key, before_hash, after_hash, at FROM landfall.repair";

  private static long done(Pair pair) throws Exception {
    return Db.number(pair.target(), "SELECT count(*) FROM landfall.repair");
  }

  private static void awaitDone(Pair pair, long keys) {
    Pair.await(() -> Db.number(pair.target(), "SELECT count(*) FROM landfall.repair") >= keys);
  }

  private static Process start(Pair pair, String config) throws Exception {
    return Cli.start(
        Files.createTempFile(pair.directory(), "output", ".txt"),
        Map.of(),
        List.of("repair", "-c", config, "--execute"));
  }
}

package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.EmbeddedFlink;
import dev.landfall.embedded.EmbeddedPostgres;
import dev.landfall.embedded.EmbeddedServer;
import dev.landfall.embedded.SharedServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands on a Flink cluster of a JobManager and two TaskManagers, each a process of its own, and
 * what happens to them when one of these, or a database, or the client goes away.
 */
class FlinkIT extends OnFlink {
  /** Loads with that in the middle, and checks that every row came once and the sides are equal. */
  private static void loadThrough(Pair pair, int parallelism, Fault fault) throws Exception {
    pair.fill(ROWS);
    Path spec = FlinkBed.spec(pair, LOAD);
    try (FlinkBed.Running run = bed.start(spec, parallelism, "migrate")) {
      pair.awaitCommitted(20);
      assertThat(run.isAlive()).isTrue();
      fault.happen();
      Cli.Result result = run.await().exits(0);
      assertThat(result.out()).contains("✓ Both sides are equal. 60,000 rows moved");
    }
    pair.requireFilled(ROWS);
    assertThat(Db.rows(pair.target(), "SELECT outcome FROM landfall.run")).containsExactly("DONE");
  }

  @Test
  void runsInTheProcessItself() throws Exception {
    try (Pair pair = Pair.make()) {
      pair.fill(ROWS);
      Path spec = pair.spec(LOAD);
      assertThat(
              Cli.run("migrate", "--runner", "flink", "--parallelism", "2", "-c", spec.toString())
                  .exits(0)
                  .out())
          .contains("Both sides are equal. 60,000 rows moved");
      pair.requireFilled(ROWS);
    }
  }

  @Test
  void aTaskManagerIsKilled() throws Exception {
    try (Pair pair = Pair.make()) {
      loadThrough(pair, HALF, () -> bed.workers().get(0).kill());
    }
  }

  @Test
  void bothTaskManagersAreKilledAndOthersCome() throws Exception {
    try (Pair pair = Pair.make()) {
      loadThrough(
          pair,
          ALL,
          () -> {
            List.copyOf(bed.workers()).forEach(EmbeddedFlink.Node::kill);
            bed.addWorker();
            bed.addWorker();
          });
    }
  }

  @Test
  void theJobManagerIsKilledAndComesBack() throws Exception {
    try (Pair pair = Pair.make()) {
      loadThrough(
          pair,
          HALF,
          () -> {
            bed.cluster().jobManager().kill();
            bed.cluster().restartJobManager();
          });
    }
  }

  @Test
  void theTargetIsRestarted() throws Exception {
    try (EmbeddedServer server = EmbeddedPostgres.start();
        Pair pair = Pair.make(SharedServers.mariadb(), server)) {
      loadThrough(
          pair,
          ALL,
          () -> {
            server.kill();
            server.start();
          });
    }
  }

  @Test
  void theClientIsKilledAndTheSameCommandGoesOn() throws Exception {
    try (Pair pair = Pair.make()) {
      pair.fill(ROWS);
      Path spec = FlinkBed.spec(pair, LOAD);
      try (FlinkBed.Running run = bed.start(spec, HALF, "migrate")) {
        pair.awaitCommitted(20);
        run.kill();
      }
      assertThat(bed.run(spec, HALF, "migrate").exits(0).out()).contains("Both sides are equal");
      pair.requireFilled(ROWS);
      assertThat(Db.rows(pair.target(), "SELECT outcome FROM landfall.run ORDER BY id"))
          .containsExactly("ABANDONED", "DONE");
    }
  }

  @Test
  void aTaskManagerIsFrozenAndWakesUpAsAZombie() throws Exception {
    try (Pair pair = Pair.make()) {
      EmbeddedFlink.Node zombie = bed.workers().get(0);
      loadThrough(
          pair,
          HALF,
          () -> {
            // With the slots of one: the job has some on it, or all.
            bed.workers().get(0).freeze();
            bed.workers().get(1).freeze();
            bed.addWorker();
            long before = pair.committed();
            Pair.await(() -> pair.committed() > before + 100);
            zombie.thaw();
            bed.workers().get(1).thaw();
          });
    }
  }

  @Test
  void aDetachedCommandOutlivesItsWorker() throws Exception {
    try (Pair pair = Pair.make()) {
      // So many that commands beside it find it at work.
      pair.fill(2 * ROWS);
      Path sql = pair.directory().resolve("behind.sql");
      Files.writeString(sql, "CREATE TABLE said AS SELECT count(*) FROM big");
      Path spec = FlinkBed.spec(pair, LOAD, "sql: {afterKeys: [{file: behind.sql}]}");
      Cli.Result sent = bed.run(spec, HALF, "migrate", "--detach").exits(0);
      // It went with the command: the cluster need not see the file.
      Files.writeString(sql, "VALUES (1/0)");
      Matcher job = Pattern.compile("^job ([0-9a-f]{32}) on Flink at ").matcher(sent.out());
      assertThat(job.find()).as(sent.out()).isTrue();
      assertThat(sent.out())
          .contains("To follow it:  landfall status --watch -c ", "landfall cancel -c ");
      assertThat(bed.run(spec, HALF, "migrate").exits(5).message())
          .startsWith("Migration \"move\" is held by another run: job " + job.group(1));
      Cli.Result status = bed.run(spec, HALF, "status").exits(0);
      assertThat(status.out()).contains("run by job " + job.group(1) + " on 127.0.0.1:");
      pair.awaitCommitted(20);

      List.copyOf(bed.workers()).forEach(EmbeddedFlink.Node::kill);
      bed.addWorker();
      bed.addWorker();

      Pair.await(
          () ->
              Db.number(
                      pair.target(), "SELECT count(*) FROM landfall.migration WHERE phase = 'DONE'")
                  == 1);
      pair.requireFilled(2 * ROWS);
      assertThat(Db.number(pair.target(), "SELECT * FROM said")).isEqualTo(2L * ROWS);
      assertThat(Db.rows(pair.target(), "SELECT outcome FROM landfall.run ORDER BY id"))
          .containsExactly("ABANDONED", "DONE");
      assertThat(bed.run(spec, HALF, "status", "--json").exits(0).out())
          .contains("\"verified\":\"equal\"");
    }
  }

  /** A detached command looks for no jar at all: what it finds came with its jobs. */
  @Test
  void plugInsTravelWithTheJobs(@TempDir Path jars) throws Exception {
    try (Pair pair = Pair.make()) {
      pair.fill(100);
      Path jar = PluginJar.of(jars, "p.jar", "twice", PluginJar.value("inputs.get(0) + \"0\""));
      Path spec =
          FlinkBed.spec(
              pair,
              "plugins: [" + jar + "]",
              "mappings: [{table: big, columns: {id: id, b: {plugin: twice, type: bigint}}}]");

      bed.run(spec, HALF, "migrate", "--detach").exits(0);

      Pair.await(
          () ->
              Db.number(
                      pair.target(), "SELECT count(*) FROM landfall.migration WHERE phase = 'DONE'")
                  == 1);
      assertThat(Db.rows(pair.target(), "SELECT count(*), sum(b) FROM big"))
          .containsExactly("100\t50500");
      Cli.Result verified = bed.run(spec, HALF, "verify").exits(0);
      assertThat(verified.out()).contains("Both sides are equal");
    }
  }

  @Test
  void whatIsWrongIsSaidAtOnce() throws Exception {
    try (Pair pair = Pair.make()) {
      pair.fill(100);
      Cli.Result written = bed.run(pair.spec(), HALF, "migrate").exits(2);
      assertThat(written.message())
          .startsWith("The password of the source is written out, or a part of it is:")
          .endsWith("Nothing was touched.");
      bed.replaceByWorkerWithoutSecrets();
      Cli.Result missing = bed.run(FlinkBed.spec(pair), HALF, "migrate").exits(2);
      assertThat(missing.message())
          .contains("environment variable LANDFALL_TEST_PASSWORD is not set", "TaskManagers");
      bed.workers().forEach(EmbeddedFlink.Node::kill);
    }
  }
}

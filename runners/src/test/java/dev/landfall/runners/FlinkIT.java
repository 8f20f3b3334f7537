package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.EmbeddedFlink;
import dev.landfall.embedded.EmbeddedPostgres;
import dev.landfall.embedded.EmbeddedServer;
import dev.landfall.embedded.SharedServers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Commands on a Flink cluster of a JobManager and two TaskManagers, each a process of its own, and
 * what happens to them when one of these, or a database, or the client goes away.
 */
@Timeout(240)
class FlinkIT {
  private static final int ROWS = 60_000;

  /** A thousand commits, so that there is a middle to do something in. */
  private static final String LOAD = "load: {chunkRows: 60}";

  /** One TaskManager's slots: a load goes on with one of the two. */
  private static final int HALF = FlinkBed.SLOTS;

  private static final int ALL = 2 * FlinkBed.SLOTS;

  private static FlinkBed bed;

  @BeforeAll
  static void startCluster() throws Exception {
    bed = FlinkBed.start();
  }

  @AfterAll
  static void stopCluster() {
    try {
      bed.requireDiscreet();
    } finally {
      bed.close();
    }
  }

  @BeforeEach
  void ready() {
    bed.ready();
  }

  /** Something that happens in the middle. */
  private interface Fault {
    void happen() throws Exception;
  }

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
  void movesVerifiesAndNamesWhatDiffers() throws Exception {
    try (Pair pair = Pair.make()) {
      pair.fill(ROWS);
      Path spec = FlinkBed.spec(pair, LOAD);
      Cli.Result moved = bed.run(spec, ALL, "migrate", "--json").exits(0);
      assertThat(moved.out())
          .contains("\"phase\":\"done\"", "\"rowsLoaded\":60000", "\"verified\":\"equal\"");
      pair.requireFilled(ROWS);
      assertThat(withoutClock(bed.run(spec, ALL, "status", "--json").exits(0)))
          .isEqualTo(
              withoutClock(Cli.run("status", "--json", "-c", pair.spec().toString()).exits(0)));
      Db.run(
          pair.target(), "UPDATE big SET b = -1 WHERE id = 77", "DELETE FROM big WHERE id = 40000");
      assertThat(bed.run(spec, ALL, "verify", "--json").exits(3).out())
          .contains(
              "\"targetTable\":\"public.big\",\"key\":{\"id\":\"77\"},\"kind\":\"changed\",\"columns\":[\"b\"]}",
              "\"targetTable\":\"public.big\",\"key\":{\"id\":\"40000\"},\"kind\":\"missing\",\"columns\":[]}");
    }
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

  private static String withoutClock(Cli.Result status) {
    return status.out().replaceAll("\"taken\":\"[^\"]*\"", "");
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

  /** What a verification says, with something happening while both sides are read. */
  private static void verifyThrough(Pair pair, int parallelism, Fault fault) throws Exception {
    pair.fill(ROWS);
    Path spec = FlinkBed.spec(pair, "load: {chunkRows: 20}");
    Cli.migrate(pair.spec("load: {chunkRows: 20}")).exits(0);
    Db.run(
        pair.target(),
        "UPDATE big SET b = -1 WHERE id % 9973 = 0",
        "DELETE FROM big WHERE id = 40000",
        "INSERT INTO big VALUES (100000, 'x', 1)");
    Cli.Result undisturbed = Cli.run("verify", "--json", "-c", pair.spec().toString()).exits(3);
    long before = Db.number(pair.target(), "SELECT max(id) FROM landfall.turn");
    try (FlinkBed.Running run = bed.start(spec, parallelism, "verify", "--json")) {
      Pair.await(
          () ->
              Db.number(
                      pair.target(),
                      "SELECT count(*) FROM landfall.turn WHERE plan <> 'LOAD' AND position > 0"
                          + " AND id > "
                          + before)
                  == 2);
      fault.happen();
      assertThat(findings(run.await().exits(3))).isEqualTo(findings(undisturbed));
    }
  }

  /**
   * The report, its differences in an order of their own: a plan may cut a table elsewhere. Without
   * what each run has of its own: its number, and what is new to it.
   */
  private static List<String> findings(Cli.Result report) {
    String found = report.out().replaceFirst("\"run\":\\d+,\"newDifferences\":\\d+,", "");
    return Arrays.stream(found.split("(?=\\{)"))
        .map(part -> part.replaceAll("[\\],}\\s]+$", ""))
        .sorted()
        .toList();
  }

  @Test
  void aTaskManagerIsKilledWhileVerifying() throws Exception {
    try (Pair pair = Pair.make()) {
      verifyThrough(pair, HALF, () -> bed.workers().get(0).kill());
    }
  }

  @Test
  void theJobManagerIsKilledWhileVerifying() throws Exception {
    try (Pair pair = Pair.make()) {
      verifyThrough(
          pair,
          HALF,
          () -> {
            bed.cluster().jobManager().kill();
            bed.cluster().restartJobManager();
          });
    }
  }

  @Test
  void theTargetIsRestartedWhileVerifying() throws Exception {
    try (EmbeddedServer server = EmbeddedPostgres.start();
        Pair pair = Pair.make(SharedServers.mariadb(), server)) {
      verifyThrough(
          pair,
          ALL,
          () -> {
            server.kill();
            server.start();
          });
    }
  }

  @Test
  void aTaskManagerIsFrozenWhileVerifyingAndWakesUp() throws Exception {
    try (Pair pair = Pair.make()) {
      List<EmbeddedFlink.Node> frozen = List.copyOf(bed.workers());
      verifyThrough(
          pair,
          HALF,
          () -> {
            frozen.forEach(EmbeddedFlink.Node::freeze);
            bed.addWorker();
            long jobs = jobs(pair);
            Pair.await(() -> jobs(pair) > jobs);
            frozen.forEach(EmbeddedFlink.Node::thaw);
          });
    }
  }

  private static long jobs(Pair pair) throws java.sql.SQLException {
    return Db.number(pair.target(), "SELECT count(*) FROM landfall.job");
  }

  @Test
  void aDetachedCommandOutlivesItsWorker() throws Exception {
    try (Pair pair = Pair.make()) {
      pair.fill(ROWS);
      Path spec = FlinkBed.spec(pair, LOAD);
      Cli.Result sent = bed.run(spec, HALF, "migrate", "--detach").exits(0);
      Matcher job = Pattern.compile("^job ([0-9a-f]{32}) on Flink at ").matcher(sent.out());
      assertThat(job.find()).as(sent.out()).isTrue();
      assertThat(sent.out())
          .contains("To follow it:  landfall status --watch -c ", "landfall cancel -c ");
      Cli.Result status = bed.run(spec, HALF, "status").exits(0);
      assertThat(status.out()).contains("run by job " + job.group(1) + " on 127.0.0.1:");
      assertThat(bed.run(spec, HALF, "migrate").exits(5).message())
          .startsWith("Migration \"move\" is held by another run: job " + job.group(1));
      pair.awaitCommitted(20);

      List.copyOf(bed.workers()).forEach(EmbeddedFlink.Node::kill);
      bed.addWorker();
      bed.addWorker();

      Pair.await(
          () ->
              Db.number(
                      pair.target(), "SELECT count(*) FROM landfall.migration WHERE phase = 'DONE'")
                  == 1);
      pair.requireFilled(ROWS);
      assertThat(Db.rows(pair.target(), "SELECT outcome FROM landfall.run ORDER BY id"))
          .containsExactly("ABANDONED", "DONE");
      assertThat(bed.run(spec, HALF, "status", "--json").exits(0).out())
          .contains("\"verified\":\"equal\"");
    }
  }

  @Test
  void cancelFinishesTheChunksInHand() throws Exception {
    try (Pair pair = Pair.make()) {
      pair.fill(ROWS);
      Path spec = FlinkBed.spec(pair, "load: {chunkRows: 8}");
      bed.run(spec, HALF, "migrate", "--detach").exits(0);
      pair.awaitCommitted(20);
      assertThat(bed.run(spec, HALF, "cancel").exits(0).out())
          .startsWith("Stopped. It was run by job ");
      long committed = pair.committed();
      assertThat(bed.run(spec, HALF, "status").exits(0).out())
          .startsWith("move  stopped  %,d of ".formatted(committed));
      bed.ready();
      assertThat(pair.committed()).isEqualTo(committed);
      assertThat(bed.run(spec, HALF, "cancel").exits(0).out())
          .isEqualTo("There is nothing to stop: nobody runs \"move\".\n");

      try (FlinkBed.Running run = bed.start(spec, HALF, "migrate")) {
        pair.awaitCommitted(committed + 20);
        bed.run(spec, HALF, "cancel", "--now").exits(0);
        assertThat(run.await().exits(130).err()).contains("To go on from here:");
      }
      bed.run(spec, ALL, "migrate").exits(0);
      pair.requireFilled(ROWS);
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

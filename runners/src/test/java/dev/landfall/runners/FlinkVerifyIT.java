package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.EmbeddedFlink;
import dev.landfall.embedded.EmbeddedPostgres;
import dev.landfall.embedded.EmbeddedServer;
import dev.landfall.embedded.SharedServers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Verifying and stopping on a Flink cluster, and what happens when a part of it goes away. */
class FlinkVerifyIT extends OnFlink {
  private static long jobs(Pair pair) throws java.sql.SQLException {
    return Db.number(pair.target(), "SELECT count(*) FROM landfall.event WHERE kind = 'JOB_TAKEN'");
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

  private static String withoutClock(Cli.Result status) {
    return status.out().replaceAll("\"taken\":\"[^\"]*\"", "");
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
}

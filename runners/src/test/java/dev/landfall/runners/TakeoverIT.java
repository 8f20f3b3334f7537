package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.transforms.ledger.Activity;
import dev.landfall.transforms.ledger.ActivityLock;
import dev.landfall.transforms.ledger.RunLedger;
import dev.landfall.transforms.ledger.Snapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that loses its lock to another one, and finds out. */
@Timeout(120)
class TakeoverIT {
  private static final int ROWS = 60_000;

  private static final String END_LOCK_HOLDER =
      "SELECT pg_terminate_backend(pid, 10000) FROM pg_locks WHERE locktype = 'advisory' AND granted"
          + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

  /** Who is frozen never answers; what it had in hand is in its sessions, and rolled back. */
  @Test
  void aFrozenRunIsStoppedAndStopsWhenItWakesUp() throws Exception {
    try (Pair pair = Pair.make()) {
      pair.fill(ROWS);
      Path spec = pair.spec("load: {chunkRows: 60, parallelism: 2}");
      Path output = Files.createTempFile("landfall-it-", ".out");
      Process frozen =
          Cli.start(output, Map.of(), List.of("migrate", "--no-verify", "-c", spec.toString()));
      try {
        pair.awaitCommitted(5);
        signal(frozen, "STOP");
        // Who looks on gives no sign of life for it.
        Process watching =
            Cli.start(
                Files.createTempFile(pair.directory(), "watch", ".out"),
                Map.of(),
                List.of("status", "--watch", "-c", spec.toString()));
        try {
          assertThat(Cli.run("cancel", "-c", spec.toString()).exits(0).out())
              .startsWith("Stopped. It was run by ")
              .endsWith(
                  ", which did nothing for 10 s, so its session was ended; should it wake up, it"
                      + " finds that and stops.\n");
        } finally {
          watching.destroyForcibly();
        }
        assertThat(Db.rows(pair.target(), "SELECT phase FROM landfall.migration"))
            .containsExactly("STOPPED");

        signal(frozen, "CONT");
        assertThat(frozen.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(frozen.exitValue()).as(Files.readString(output)).isEqualTo(5);
        Cli.migrate(spec).exits(0);
        pair.requireFilled(ROWS);
      } finally {
        frozen.destroyForcibly();
        Files.delete(output);
      }
    }
  }

  private static void signal(Process process, String signal) throws Exception {
    assertThat(
            new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                .start()
                .waitFor())
        .isZero();
  }

  /** Whether the other run still goes on, or was killed in its turn. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void leavesTheMigrationToWhoeverTookIt(boolean goesOn) throws Exception {
    try (Pair pair = Pair.make()) {
      pair.fill(ROWS);
      Path spec = pair.spec("load: {chunkRows: 60, parallelism: 2}");
      CompletableFuture<Cli.Result> run = CompletableFuture.supplyAsync(() -> Cli.migrate(spec));
      pair.awaitCommitted(5);
      try (Connection connection = pair.target().connect();
          Statement unlock = connection.createStatement()) {
        RunLedger other = new RunLedger(connection, "move");
        Pair.await(
            () -> {
              Db.rows(pair.target(), END_LOCK_HOLDER);
              return ActivityLock.of(connection, "move", Activity.LOAD).tryLock();
            });
        other.setPhase(other.startRun("migrate", "somebody else"), Snapshot.Phase.BACKFILL);
        if (!goesOn) {
          unlock.execute("SELECT pg_advisory_unlock_all()");
        }
        String message = run.join().exits(5).message();
        assertThat(message)
            .startsWith(
                goesOn
                    ? "Migration \"move\" is held by another run: somebody else, since "
                    : "Migration \"move\" was taken over by another run while this one was cut off"
                        + " from the target: somebody else, since ")
            .endsWith("\"landfall status\".");
      }
      // It stopped in the middle, and what the ledger says of the other run is left as it was.
      assertThat(
              Db.number(
                  pair.target(), "SELECT count(*) FROM landfall.chunk WHERE committed IS NULL"))
          .isPositive();
      assertThat(Db.rows(pair.target(), "SELECT phase FROM landfall.migration"))
          .containsExactly("BACKFILL");
      assertThat(Db.rows(pair.target(), "SELECT outcome FROM landfall.run WHERE ended IS NOT NULL"))
          .containsExactly("ABANDONED");

      Cli.migrate(spec).exits(0);

      pair.requireFilled(ROWS);
    }
  }
}

package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.landfall.embedded.EmbeddedMariaDb;
import dev.landfall.embedded.EmbeddedPostgres;
import dev.landfall.embedded.EmbeddedServer;
import dev.landfall.embedded.FreshDatabase;
import dev.landfall.embedded.SharedServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that go away in the middle, and a disk that is full. */
@Timeout(120)
class OutageIT {
  private static final int ROWS = 60_000;

  /** A thousand commits, so that the load lasts for seconds also where it is quick. */
  private static final String LOAD = "load: {chunkRows: 60, parallelism: 2, outage: %s}";

  private static final int DOWN_SECONDS = 2;

  @Test
  void theTargetGoesAwayAndComesBack() throws Exception {
    try (EmbeddedServer server = EmbeddedPostgres.start();
        Pair pair = Pair.make(SharedServers.mariadb(), server)) {
      shortOutageWhileLoading(pair, server);
      shortOutageWhileIndexesAreBuilt(pair, server);
      longOutage(pair, server);
    }
  }

  @Test
  void theSourceGoesAwayAndComesBack() throws Exception {
    try (EmbeddedServer server = EmbeddedMariaDb.start();
        Pair pair = Pair.make(server, SharedServers.postgres())) {
      shortOutageWhileLoading(pair, server);
      assertThat(
              Db.rows(
                  pair.target(),
                  "SELECT kind, text FROM landfall.event WHERE kind = 'OUTAGE' ORDER BY id"))
          .hasSize(2)
          .last()
          .asString()
          .startsWith("OUTAGE\twent on after an outage: ");
      longOutage(pair, server);
    }
  }

  private static void shortOutageWhileLoading(Pair pair, EmbeddedServer server) throws Exception {
    pair.fill(ROWS);
    Path spec = pair.spec(LOAD.formatted("60s"));
    CompletableFuture<Cli.Result> run = CompletableFuture.supplyAsync(() -> Cli.migrate(spec));
    pair.awaitCommitted(5);
    server.stop();
    TimeUnit.SECONDS.sleep(DOWN_SECONDS);
    assertThat(run).isNotDone();
    server.start();

    run.join().exits(0);
    pair.requireFilled(ROWS);
    assertThat(Db.rows(pair.target(), "SELECT outcome FROM landfall.run")).containsExactly("DONE");
  }

  private static void shortOutageWhileIndexesAreBuilt(Pair pair, EmbeddedServer server)
      throws Exception {
    Db.run(pair.target(), "DROP INDEX big_b");
    ResumeIT.holdIndexes(pair);
    Path spec = pair.spec("load: {outage: 60s}");
    CompletableFuture<Cli.Result> run;
    try (Connection holding = pair.target().connect();
        Statement lock = holding.createStatement()) {
      lock.execute("SELECT pg_advisory_lock(77)");
      run = CompletableFuture.supplyAsync(() -> Cli.migrate(spec));
      Pair.await(() -> ResumeIT.isHeld(pair));
      server.kill();
    }
    TimeUnit.SECONDS.sleep(DOWN_SECONDS);
    server.start();

    run.join().exits(0);
    assertThat(Db.rows(pair.target(), "SELECT indexname FROM pg_indexes WHERE tablename = 'big'"))
        .containsExactlyInAnyOrder("big_pkey", "big_b");
  }

  private static void longOutage(Pair pair, EmbeddedServer server) throws Exception {
    Path spec = pair.spec(LOAD.formatted("3s"));
    long before = Db.number(pair.target(), "SELECT max(id) FROM landfall.run");
    CompletableFuture<Cli.Result> run =
        CompletableFuture.supplyAsync(() -> Cli.migrate(spec, "--restart", "--yes"));
    Pair.await(
        () ->
            run.isDone()
                || Db.number(
                        pair.target(),
                        "SELECT count(*) FROM landfall.chunk WHERE run IS NOT NULL AND run > "
                            + before)
                    >= 5);
    server.kill();
    Cli.Result result = run.join().exits(6);
    boolean isSource = server == pair.source().server();
    assertThat(result.message())
        .startsWith(
            isSource
                ? "The source database root@127.0.0.1:"
                : "The target database postgres@127.0.0.1:")
        .endsWith(
            " can't be reached: Connection refused. Check that the server is up, and host and port"
                + " (\"S\" of the spec, or --S).".replace("S", isSource ? "source" : "target")
                + " Waited 3 s (load.outage). Committed chunks are safe: run the same command again"
                + " when it is up.");
    server.start();

    // A target that crashed may have lost its last commits, but then rows and ledger together.
    Cli.migrate(spec).exits(0);
    pair.requireFilled(ROWS);
  }

  /** The source throws the run out, and then has no room for it. */
  @Test
  void aSourceWithoutRoomIsWaitedFor() throws Exception {
    try (Pair pair = Pair.make()) {
      pair.fill(20_000);
      EmbeddedServer server = pair.source().server();
      Db.run(
          pair.source(),
          "CREATE USER guest@'%' IDENTIFIED BY '" + EmbeddedServer.PASSWORD + "'",
          "GRANT ALL ON `" + pair.source().name() + "`.* TO guest@'%'");
      String guest =
          "mysql://guest:%s@%s:%d/%s"
              .formatted(
                  EmbeddedServer.PASSWORD, server.host(), server.port(), pair.source().name());
      Path spec = pair.spec(LOAD.formatted("60s"));
      CompletableFuture<Cli.Result> run =
          CompletableFuture.supplyAsync(() -> Cli.migrate(spec, "--source", guest));
      pair.awaitCommitted(5);
      Db.run(pair.source(), "ALTER USER guest@'%' WITH MAX_USER_CONNECTIONS 1");
      try (Connection only = takeTheOnlyRoom(pair)) {
        Pair.await(() -> run.isDone() || isWaitingForRoom(pair));
        assertThat(run).isNotDone();
        assertThat(only.isValid(5)).isTrue();
      }
      // One connection is all that it gets: its lanes share it.
      run.join().exits(0);
      pair.requireFilled(20_000);
      Db.run(pair.source(), "DROP USER guest@'%'");
    }
  }

  private static boolean isWaitingForRoom(Pair pair) throws SQLException {
    return Db.number(
            pair.target(),
            "SELECT count(*) FROM landfall.event WHERE kind = 'OUTAGE' AND text LIKE"
                + " 'waiting for the source: %max_user_connections%'")
        > 0;
  }

  private static Connection takeTheOnlyRoom(Pair pair) throws Exception {
    AtomicReference<Connection> taken = new AtomicReference<>();
    EmbeddedServer server = pair.source().server();
    String url =
        "jdbc:mysql://%s:%d/%s".formatted(server.host(), server.port(), pair.source().name());
    Pair.await(
        () -> {
          Db.run(pair.source(), "KILL USER guest@'%'");
          try {
            taken.set(DriverManager.getConnection(url, "guest", EmbeddedServer.PASSWORD));
            return true;
          } catch (SQLException e) {
            return false;
          }
        });
    return Objects.requireNonNull(taken.get());
  }

  /** Chunks of one batch are tried again where they are, others by a job that begins anew. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFullDisk(boolean chunksOfOneBatch) throws Exception {
    Path disk = Files.createTempDirectory("landfall-disk-");
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=12m,mode=0777", "landfall-test", disk.toString()),
        "a small file system can't be mounted here; it takes root's rights");
    EmbeddedServer server = EmbeddedPostgres.start();
    try (FreshDatabase source = SharedServers.mariadb().freshDatabase("shop");
        FreshDatabase target = server.freshDatabase("shop");
        Pair pair = new Pair(source, target, Files.createTempDirectory("landfall-it-"))) {
      if (chunksOfOneBatch) {
        pair.fill(150_000);
      } else {
        pair.fillWithoutKey(150_000);
      }
      Path space = Files.createDirectory(disk.resolve("space"));
      // The server runs as whoever owns its data.
      assertThat(run("chown", "--reference=" + server.home().resolve("data"), space.toString()))
          .isTrue();
      try (Connection connection = server.connect("postgres");
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLESPACE small LOCATION '" + space + "'");
        statement.execute("ALTER ROLE postgres SET default_tablespace = small");
      }
      Path spec =
          pair.spec("load: {chunkRows: 500, chunkBytes: 64KiB, parallelism: 2, outage: 1s}");

      String full = "ERROR: could not extend file .*: No space left on device\\.";
      assertThat(Cli.migrate(spec).exits(1).message())
          .matches(
              !chunksOfOneBatch
                  ? "The load was cut short 5 times in a row, each time without having loaded a"
                      + " chunk: "
                      + full
                      + " Committed chunks are safe: remove the cause and run the same command"
                      + " again\\."
                  : "The target database postgres@127\\.0\\.0\\.1:\\d+/shop_\\w+ has run out of space or"
                      + " another resource: "
                      + full
                      + " Waited 1 s \\(load\\.outage\\)\\. Committed chunks are safe: make room there"
                      + " and run the same command again\\.");
      long committed = pair.committed();
      assertThat(committed).isPositive();

      assertThat(run("mount", "-o", "remount,size=300m", disk.toString())).isTrue();
      assertThat(Cli.migrate(spec).exits(0).err())
          .startsWith("landfall: resuming: " + committed + " of ");
      pair.requireFilled(150_000);
    } finally {
      server.destroy();
      assertThat(run("umount", disk.toString())).isTrue();
      Files.delete(disk);
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(List.of(command))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}

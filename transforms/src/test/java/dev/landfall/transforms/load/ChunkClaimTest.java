package dev.landfall.transforms.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.jdbc.Secret;
import dev.landfall.transforms.jdbc.SqlStates;
import dev.landfall.transforms.ledger.ChunkLedger;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.RunStop;
import dev.landfall.transforms.model.Chunk;
import dev.landfall.transforms.model.KeyRange;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.types.Conversion;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Chunks that somebody else has: a worker that gets on, one that does not, one of another run. */
@Timeout(120)
class ChunkClaimTest {
  private static final Duration SOON = Duration.ofMillis(500);
  private static final String EVENTS =
      "SELECT kind, text FROM landfall.event WHERE kind NOT LIKE 'RUN%' ORDER BY id";

  private LoadBed bed;
  private RowBatch[] chunk;

  @BeforeEach
  void open() throws SQLException {
    bed =
        new LoadBed(
            LoadBed.mapping(
                List.of(LoadBed.column("id", "int", false)),
                LoadBed.table(false, "users", LoadBed.to("id", "integer", 0, Conversion.NONE))),
            // No key: a second load would show.
            "CREATE TABLE users (id int)");
    bed.plan(2);
    chunk =
        LoadBed.whole(0, IntStream.range(0, 50).mapToObj(i -> List.of(String.valueOf(i))).toList());
  }

  @AfterEach
  void close() throws SQLException {
    bed.close();
  }

  private LoadChunk loader() {
    return LoadChunk.into(bed.migration(), bed.mapping());
  }

  private void assertLoaded() throws SQLException {
    assertThat(bed.rows("SELECT id FROM users ORDER BY id"))
        .isEqualTo(IntStream.range(0, 50).mapToObj(String::valueOf).toList());
    assertThat(bed.chunks()).containsExactly("0|t|50|50|0|0", "1|f|0|0|0|0");
  }

  private static <T> FutureTask<T> inBackground(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  private static String pid(Connection connection) throws SQLException {
    return Servers.rows(connection, "SELECT pg_backend_pid()").get(0);
  }

  /** A COPY that has sent a row and leaves the server to wait for the next. */
  private static CopyIn beginCopy(Connection connection) throws SQLException {
    CopyIn copy =
        connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY users FROM STDIN");
    send(copy, 1000);
    return copy;
  }

  private static void send(CopyIn copy, int id) throws SQLException {
    byte[] line = (id + "\n").getBytes(StandardCharsets.US_ASCII);
    copy.writeToCopy(line, 0, line.length);
    copy.flushCopy();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void holderThatHangsIsEnded(boolean copying) throws Exception {
    try (Connection holder = bed.connect()) {
      String pid = pid(holder);
      ChunkLoad hanging = bed.chunkLoad(holder, chunk[0]);
      assertThat(hanging.begin()).isTrue();
      CopyIn copy = copying ? beginCopy(holder) : null;

      LoadedChunk loaded = LoadBed.reduce(loader().withStalled(SOON), chunk);

      assertThat(loaded.getLoaded()).isEqualTo(50);
      assertThat(bed.rows(EVENTS))
          .singleElement()
          .asString()
          .matches(
              "TAKEOVER\\|chunk 0 of shop\\.users was held by session "
                  + pid
                  + " of postgres from 127\\.0\\.0\\.1, since \\d{4}-\\d\\d-\\d\\d"
                  + " \\d\\d:\\d\\d:\\d\\d UTC, which did nothing for \\d+ s; that session was ended");
      assertThatThrownBy(
              () -> {
                if (copy == null) {
                  hanging.commit();
                } else {
                  copy.endCopy();
                }
              })
          .isInstanceOfSatisfying(
              SQLException.class,
              e -> assertThat(SqlStates.classify(e)).isEqualTo(SqlStates.Failure.TRANSIENT));
      holder.abort(Runnable::run);
    }
    assertLoaded();
    assertThat(LoadBed.reduce(loader(), chunk).getRead()).isZero();
    assertLoaded();
  }

  @Test
  void slowHolderIsWaitedFor() throws Exception {
    try (Connection holder = bed.connect()) {
      ChunkLoad slow = bed.chunkLoad(holder, chunk[0]);
      assertThat(slow.begin()).isTrue();
      CopyIn copy = beginCopy(holder);
      FutureTask<LoadedChunk> second =
          inBackground(() -> LoadBed.reduce(loader().withStalled(Duration.ofSeconds(2)), chunk));
      bed.awaitWaiting();
      for (int row = 0; row < 40; row++) {
        // The pace of a slow link: three times as long in all as a session may do nothing.
        TimeUnit.MILLISECONDS.sleep(150);
        send(copy, row);
      }
      assertThat(copy.endCopy()).isEqualTo(41);
      assertThat(second.isDone()).isFalse();
      slow.commit();

      assertThat(second.get(60, TimeUnit.SECONDS).getRead()).isZero();
    }
    assertThat(bed.rows("SELECT count(*), count(DISTINCT id) FROM users")).containsExactly("41|41");
    assertThat(bed.rows(EVENTS)).isEmpty();
  }

  @Test
  void holderThatWaitsForALockIsWaitedFor() throws Exception {
    FutureTask<LoadedChunk> first;
    FutureTask<LoadedChunk> second;
    try (Connection locking = bed.connect()) {
      locking.setAutoCommit(false);
      Servers.execute(locking, "LOCK TABLE users");
      first = inBackground(() -> LoadBed.reduce(loader(), chunk));
      bed.await(
          "SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
              + " AND wait_event_type = 'Lock'");
      second = inBackground(() -> LoadBed.reduce(loader().withStalled(SOON), chunk));
      bed.awaitWaiting();
      bed.await(
          "SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
              + " AND wait_event_type = 'Lock'"
              + " AND clock_timestamp() - state_change > interval '3 s'");
      locking.rollback();
    }
    assertThat(first.get(60, TimeUnit.SECONDS).getLoaded()).isEqualTo(50);
    assertThat(second.get(60, TimeUnit.SECONDS).getRead()).isZero();
    assertLoaded();
    assertThat(bed.rows(EVENTS)).isEmpty();
  }

  /** Only how long it lasts tells there whether a COPY gets on. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void serverThatDoesNotShowCopies(boolean copying) throws Exception {
    try (Connection holder = bed.connect();
        Connection waiting = bed.connect()) {
      assertThat(bed.chunkLoad(holder, chunk[0]).begin()).isTrue();
      CopyIn copy = copying ? beginCopy(holder) : null;
      Duration second = Duration.ofSeconds(1);
      ChunkClaim claim =
          new ChunkClaim(bed.migration(), "shop.users", 0, 0, second, Duration.ofMinutes(1));
      long begun = System.nanoTime();

      assertThat(claim.take(ofVersion13(waiting))).isTrue();

      Duration taken = Duration.ofNanos(System.nanoTime() - begun);
      Duration six = second.multipliedBy(6);
      if (copy == null) {
        assertThat(taken).isBetween(second, six);
      } else {
        assertThat(taken).isGreaterThan(six);
      }
      waiting.rollback();
    }
  }

  private static Connection ofVersion13(Connection connection) {
    return proxy(
        Connection.class,
        (method, answer) ->
            answer instanceof DatabaseMetaData metadata
                ? proxy(
                    DatabaseMetaData.class,
                    (question, of17) ->
                        question.equals("getDatabaseMajorVersion") ? Integer.valueOf(13) : of17,
                    metadata)
                : answer,
        connection);
  }

  private interface Answers {
    Object change(String method, Object answer);
  }

  private static <T> T proxy(Class<T> type, Answers answers, T real) {
    return type.cast(
        Proxy.newProxyInstance(
            ChunkClaimTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return answers.change(method.getName(), method.invoke(real, arguments));
              } catch (java.lang.reflect.InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  /** Whether the role sees nothing of the session, or sees it and may not end it. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void holderThatMayNotBeEndedIsNamed(boolean seen) throws Exception {
    String role = "low_" + bed.database.name();
    Servers.execute(
        bed.target,
        "CREATE ROLE " + role + " LOGIN PASSWORD 'low'",
        "GRANT USAGE ON SCHEMA landfall TO " + role,
        "GRANT ALL ON ALL TABLES IN SCHEMA landfall TO " + role,
        "GRANT ALL ON users TO " + role,
        seen ? "GRANT pg_read_all_stats TO " + role : "SELECT 1");
    ConnectionSettings full = bed.settings();
    ConnectionSettings low =
        new ConnectionSettings(
            full.product(),
            full.host(),
            full.port(),
            full.database(),
            role,
            Secret.of("low"),
            Map.of());
    LoadChunk load =
        LoadChunk.into(
                new MigrationKey(low, bed.migration().name(), bed.migration().run()), bed.mapping())
            .withStalled(SOON)
            .withOutage(Duration.ofSeconds(1));
    try (Connection holder = bed.connect()) {
      assertThat(bed.chunkLoad(holder, chunk[0]).begin()).isTrue();

      assertThatThrownBy(() -> LoadBed.reduce(load, chunk))
          .isInstanceOfSatisfying(
              MigrationException.class,
              e -> assertThat(e.kind()).isEqualTo(MigrationException.Kind.FAILED))
          .hasMessageStartingWith(
              "Chunk 0 of shop.users is held by session " + pid(holder) + " of postgres")
          .hasMessageContaining(
              "can't be ended: "
                  + (seen
                      ? "ERROR: permission denied to terminate process. "
                      : "this user does not get to see what it does. "))
          .hasMessageEndingWith(
              "Committed chunks are safe: let an administrator of the target end it and run the"
                  + " same command again.");
      assertThat(bed.rows(EVENTS)).isEmpty();
      holder.rollback();
    }
    assertThat(LoadBed.reduce(load, chunk).getLoaded()).isEqualTo(50);
    assertLoaded();
    Pools.closeAll();
    Servers.execute(bed.target, "DROP OWNED BY " + role, "DROP ROLE " + role);
  }

  @Test
  void interruptedWhileItWaits() throws Exception {
    Thread[] waiting = new Thread[1];
    try (Connection holder = bed.connect()) {
      assertThat(bed.chunkLoad(holder, chunk[0]).begin()).isTrue();
      FutureTask<LoadedChunk> second =
          new FutureTask<>(
              () -> LoadBed.reduce(loader().withStalled(Duration.ofMinutes(5)), chunk));
      waiting[0] = new Thread(second);
      waiting[0].start();
      bed.awaitWaiting();
      waiting[0].interrupt();

      assertThatThrownBy(() -> second.get(60, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(InterruptedException.class);
      assertThat(
              bed.rows(
                  "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                      + " AND pid <> pg_backend_pid() AND xact_start IS NOT NULL"))
          .containsExactly(pid(holder));
      try (Connection pooled = Pools.of(bed.settings(), Pools.Use.LOAD).getConnection()) {
        assertThat(pooled.getAutoCommit()).isTrue();
      }
      holder.rollback();
    }
    assertThat(LoadBed.reduce(loader(), chunk).getLoaded()).isEqualTo(50);
    assertLoaded();
  }

  @Test
  void endedRunLeavesEverythingToTheNext() throws Exception {
    RunStop stop = new RunStop(bed.migration());
    assertThat(stop.stopRequested()).isFalse();
    MigrationKey ended = bed.nextRun();
    MigrationKey forgotten = new MigrationKey(ended.target(), ended.name(), 1_000_000);
    long turn = new ChunkLedger(bed.migration(), ChunkLedger.Plan.LOAD).beginTurn();
    try (Connection working = bed.connect()) {
      ChunkLoad load = bed.chunkLoad(working, chunk[0]);
      assertThat(load.begin()).isTrue();
      for (MigrationKey run : List.of(ended, forgotten)) {
        // Neither waits for the one who has the chunk, nor claims the one that nobody has.
        assertThat(LoadBed.reduce(LoadChunk.into(run, bed.mapping()), chunk).getRead()).isZero();
        RowBatch[] free = LoadBed.whole(1, List.of(List.of("7")));
        assertThat(LoadBed.reduce(LoadChunk.into(run, bed.mapping()), free).getRead()).isZero();

        ChunkLedger ledger = new ChunkLedger(run, ChunkLedger.Plan.LOAD);
        assertThat(ledger.take(turn, List.of(0), 10, 0)).isEmpty();
        assertThat(ledger.take(ledger.beginTurn(), List.of(0), 10, 0)).isEmpty();
        assertThat(ledger.unplanned(List.of(1))).isEmpty();
        ledger.storePlans(List.of(Chunk.ofRange(1, 0, List.of("id"), KeyRange.ALL, 10)));
        assertThat(RunStop.reason(bed.target, run.run())).contains(RunStop.ENDED);
      }
      assertThat(load.load(bed.convert(chunk[0]))).isTrue();
      load.commit();
    }
    assertThat(new RunStop(ended).stopRequested()).isTrue();
    assertLoaded();
    ChunkLedger ledger = new ChunkLedger(bed.migration(), ChunkLedger.Plan.LOAD);
    assertThat(ledger.take(turn, List.of(0), 10, 0)).hasSize(1);
    assertThat(ledger.unplanned(List.of(1))).containsExactly(1);
    assertThat(RunStop.reason(bed.target, bed.migration().run())).isEmpty();
    assertThat(bed.rows("SELECT run FROM landfall.chunk WHERE committed IS NOT NULL"))
        .containsExactly(String.valueOf(bed.migration().run()));
  }

  @Test
  void runThatEndsWhileItLoadsMayCommit() throws Exception {
    try (Connection late = bed.connect()) {
      ChunkLoad load = bed.chunkLoad(late, chunk[0]);
      assertThat(load.begin()).isTrue();
      MigrationKey ended = bed.nextRun();
      load.load(bed.convert(chunk[0]));
      load.commit();

      assertThat(bed.rows("SELECT run FROM landfall.chunk WHERE committed IS NOT NULL"))
          .containsExactly(String.valueOf(ended.run()));
    }
    assertThat(LoadBed.reduce(loader(), chunk).getRead()).isZero();
    assertLoaded();
  }
}

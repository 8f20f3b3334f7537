package dev.landfall.transforms.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.jdbc.SqlStates;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.types.Conversion;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Users split into accounts and profiles: whatever happens, both have each row once or not. */
class ExactlyOnceTest {
  private static final String IDS =
      "SELECT id FROM accounts ORDER BY 1"; // no key there: a second load would show
  private static final String USERS = "SELECT legacy_user_id FROM profiles ORDER BY 1";

  private LoadBed bed;

  @BeforeEach
  void open() throws SQLException {
    bed =
        new LoadBed(
            LoadBed.mapping(
                List.of(
                    LoadBed.column("id", "int", false), LoadBed.column("name", "varchar", true)),
                LoadBed.table(false, "accounts", LoadBed.to("id", "integer", 0, Conversion.NONE)),
                LoadBed.table(
                    false,
                    "profiles",
                    LoadBed.to("legacy_user_id", "integer", 0, Conversion.NONE),
                    LoadBed.to("name", "text", 1, Conversion.TEXT))),
            "CREATE TABLE accounts (id int)",
            "CREATE TABLE profiles (legacy_user_id int, name text)");
  }

  @AfterEach
  void close() throws SQLException {
    bed.close();
  }

  private static List<List<@Nullable String>> users(int from, int to) {
    return IntStream.range(from, to)
        .<List<@Nullable String>>mapToObj(i -> List.of(String.valueOf(i), "u" + i))
        .toList();
  }

  private void assertLoaded(int users) throws SQLException {
    List<String> ids = IntStream.range(0, users).mapToObj(String::valueOf).toList();
    assertThat(bed.rows("SELECT id FROM accounts ORDER BY id")).isEqualTo(ids);
    assertThat(bed.rows("SELECT legacy_user_id FROM profiles ORDER BY 1")).isEqualTo(ids);
  }

  @Test
  void secondRunAddsNothing() throws Exception {
    bed.plan(2);
    RowBatch[] first = LoadBed.whole(0, users(0, 100));
    RowBatch[] second = LoadBed.pieces(1, users(100, 250), 40);

    bed.load(first);
    bed.load(first, second);
    bed.load(second, first);

    assertLoaded(250);
    assertThat(bed.chunks()).containsExactly("0|t|100|100|0|0", "1|t|150|150|0|0");
  }

  @Test
  void chunkThatIsNotPlannedLoadsNothing() throws Exception {
    bed.load(LoadBed.whole(7, users(0, 5)));

    assertThat(bed.rows(IDS)).isEmpty();
    assertThat(bed.rows(USERS)).isEmpty();
  }

  @Test
  void secondWorkerWaitsForTheFirstAndThenLeavesItAlone() throws Exception {
    bed.plan(1);
    RowBatch[] chunk = LoadBed.whole(0, users(0, 50));
    try (Connection first = bed.connect()) {
      ChunkLoad load = bed.chunkLoad(first, chunk[0]);
      assertThat(load.begin()).isTrue();
      assertThat(load.load(bed.convert(chunk[0]))).isTrue();
      CompletableFuture<Void> second = CompletableFuture.runAsync(() -> bed.load(chunk));
      bed.awaitWaiting();
      assertThat(load.commit().getLoaded()).isEqualTo(50);
      second.get(60, TimeUnit.SECONDS);
    }

    assertLoaded(50);
    assertThat(bed.chunks()).containsExactly("0|t|50|50|0|0");
  }

  @Test
  void secondWorkerLoadsWhatTheFirstGaveUp() throws Exception {
    bed.plan(1);
    RowBatch[] chunk = LoadBed.whole(0, users(0, 50));
    try (Connection first = bed.connect()) {
      ChunkLoad load = bed.chunkLoad(first, chunk[0]);
      assertThat(load.begin()).isTrue();
      load.load(bed.convert(chunk[0]));
      CompletableFuture<Void> second = CompletableFuture.runAsync(() -> bed.load(chunk));
      bed.awaitWaiting();
      first.rollback();
      second.get(60, TimeUnit.SECONDS);
    }

    assertLoaded(50);
  }

  @Test
  void staleWorkerFindsTheChunkCommitted() throws Exception {
    bed.plan(1);
    RowBatch[] chunk = LoadBed.whole(0, users(0, 20));
    try (Connection committed = bed.connect();
        Connection repeatable = bed.connect()) {
      begin(committed, Connection.TRANSACTION_READ_COMMITTED);
      begin(repeatable, Connection.TRANSACTION_REPEATABLE_READ);
      bed.load(chunk);

      assertThat(bed.chunkLoad(committed, chunk[0]).begin()).isFalse();
      // Its view is older than the commit: the server refuses it, and it is tried anew.
      assertThatThrownBy(() -> bed.chunkLoad(repeatable, chunk[0]).begin())
          .isInstanceOfSatisfying(
              SQLException.class,
              e -> assertThat(SqlStates.classify(e)).isEqualTo(SqlStates.Failure.TRANSIENT));
    }

    assertLoaded(20);
  }

  @Test
  void databaseOfRepeatableReadLoadsOnceToo() throws Exception {
    Servers.execute(
        bed.target,
        "ALTER DATABASE "
            + bed.database.name()
            + " SET default_transaction_isolation = 'repeatable read'");
    secondWorkerWaitsForTheFirstAndThenLeavesItAlone();
  }

  private static void begin(Connection connection, int isolation) throws SQLException {
    connection.setTransactionIsolation(isolation);
    connection.setAutoCommit(false);
    assertThat(Servers.rows(connection, "SELECT count(*) FROM accounts")).containsExactly("0");
  }

  @Test
  void workerWhoseChunkIsTakenWhileItRejectsLeavesItAlone() throws Exception {
    Servers.execute(bed.target, "ALTER TABLE profiles ADD CHECK (name <> 'u3')");
    bed.plan(1);
    RowBatch[] chunk = LoadBed.whole(0, users(0, 20));
    RowBatch[] other = LoadBed.whole(0, users(0, 3));
    try (Connection slow = bed.connect()) {
      // Its claim is free for a moment, before it begins again row by row.
      Connection interrupted = afterRollback(slow, () -> bed.load(other));
      ChunkLoad load = bed.chunkLoad(interrupted, chunk[0]);
      assertThat(load.begin()).isTrue();

      assertThat(load.load(bed.convert(chunk[0]))).isFalse();

      slow.rollback();
    }

    assertLoaded(3);
    assertThat(bed.chunks()).containsExactly("0|t|3|3|0|0");
    assertThat(bed.rows("SELECT * FROM landfall.reject")).isEmpty();
  }

  /** The same connection, which does something behind each rollback. */
  private static Connection afterRollback(Connection connection, Runnable action) {
    return (Connection)
        Proxy.newProxyInstance(
            ExactlyOnceTest.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              Object answer = method.invoke(connection, arguments);
              if (method.getName().equals("rollback")) {
                action.run();
              }
              return answer;
            });
  }

  @Test
  void killedBetweenCopyAndCommitLeavesNothing() throws Exception {
    bed.plan(1);
    RowBatch[] chunk = LoadBed.whole(0, users(0, 50));
    try (Connection doomed = bed.connect()) {
      ChunkLoad load = bed.chunkLoad(doomed, chunk[0]);
      assertThat(load.begin()).isTrue();
      load.load(bed.convert(chunk[0]));
      String pid = Servers.rows(doomed, "SELECT pg_backend_pid()").get(0);
      assertThat(bed.rows("SELECT pg_terminate_backend(" + pid + ", 10000)")).containsExactly("t");

      assertThatThrownBy(load::commit)
          .isInstanceOfSatisfying(
              SQLException.class,
              e -> assertThat(SqlStates.classify(e)).isEqualTo(SqlStates.Failure.TRANSIENT));
    }
    assertThat(bed.rows(IDS)).isEmpty();
    assertThat(bed.rows(USERS)).isEmpty();
    assertThat(bed.chunks()).containsExactly("0|f|0|0|0|0");

    bed.load(chunk);

    assertLoaded(50);
  }

  /** A sequence does not go back with its transaction, so only the first try is killed. */
  private static final String KILL_ONCE =
      """
      CREATE SEQUENCE tries;
      CREATE FUNCTION kill_once() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF nextval('tries') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
        RETURN NULL;
      END $$;
      """;

  @Test
  void killedWhileCopyingTheSecondTableIsLoadedByTheNextTry() throws Exception {
    Servers.execute(
        bed.target,
        KILL_ONCE,
        "CREATE TRIGGER k AFTER INSERT ON profiles FOR EACH STATEMENT EXECUTE FUNCTION"
            + " kill_once()");
    bed.plan(1);

    bed.load(LoadBed.whole(0, users(0, 50)));

    assertLoaded(50);
    assertThat(bed.rows("SELECT last_value FROM tries")).containsExactly("2");
  }

  @Test
  void killedInTheCommitItselfIsLoadedByTheNextTry() throws Exception {
    Servers.execute(
        bed.target,
        KILL_ONCE,
        "CREATE CONSTRAINT TRIGGER k AFTER UPDATE ON landfall.chunk DEFERRABLE INITIALLY DEFERRED"
            + " FOR EACH ROW EXECUTE FUNCTION kill_once()");
    bed.plan(1);

    bed.load(LoadBed.whole(0, users(0, 50)));

    assertLoaded(50);
    assertThat(bed.rows("SELECT last_value FROM tries")).containsExactly("2");
  }

  @Test
  void batchesOfAChunkCommitTogether() throws Exception {
    bed.plan(1);
    RowBatch[] pieces = LoadBed.pieces(0, users(0, 90), 30);
    try (Connection connection = bed.connect()) {
      ChunkLoad load = bed.chunkLoad(connection, pieces[0]);
      assertThat(load.begin()).isTrue();
      for (RowBatch piece : pieces) {
        load.load(bed.convert(piece));
        assertThat(bed.rows(IDS)).isEmpty();
        assertThat(bed.rows(USERS)).isEmpty();
      }
      load.commit();
    }

    assertLoaded(90);
    assertThat(bed.chunks()).containsExactly("0|t|90|90|0|0");
  }

  @Test
  void killedInTheLastBatchLeavesNothingOfTheFirst() throws Exception {
    Servers.execute(
        bed.target,
        """
        CREATE SEQUENCE tries;
        CREATE FUNCTION kill_third() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF nextval('tries') = 3 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
          RETURN NULL;
        END $$""",
        "CREATE TRIGGER k AFTER INSERT ON profiles FOR EACH STATEMENT EXECUTE FUNCTION"
            + " kill_third()");
    bed.plan(1);
    RowBatch[] pieces = LoadBed.pieces(0, users(0, 90), 30);

    assertThatThrownBy(() -> bed.load(pieces))
        .satisfies(
            e ->
                assertThat(SqlStates.classify(Objects.requireNonNull(SqlStates.in(e))))
                    .isEqualTo(SqlStates.Failure.TRANSIENT));
    assertThat(bed.rows(IDS)).isEmpty();
    assertThat(bed.rows(USERS)).isEmpty();
    assertThat(bed.chunks()).containsExactly("0|f|0|0|0|0");

    bed.load(pieces);
    assertLoaded(90);
  }
}

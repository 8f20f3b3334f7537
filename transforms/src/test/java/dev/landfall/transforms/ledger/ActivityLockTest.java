package dev.landfall.transforms.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.model.Mapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ActivityLockTest {
  private static FreshDatabase database;

  @BeforeAll
  static void open() throws SQLException {
    database = Servers.target();
  }

  @AfterAll
  static void close() throws SQLException {
    database.close();
  }

  private static final String HELD =
      "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database ="
          + " (SELECT oid FROM pg_database WHERE datname = current_database())";

  /** Activities made up: a goes beside b, and c beside none of them. */
  private static ActivityLock lock(Connection connection, String word) {
    List<String> words =
        switch (word) {
          case "a" -> List.of("a", "c");
          case "b" -> List.of("b", "c");
          default -> List.of("a", "b", "c");
        };
    return new ActivityLock(connection, "m", List.of(word), words);
  }

  @Test
  void whatMayGoOnBesideWhat() throws SQLException {
    try (Connection one = Servers.open(database);
        Connection two = Servers.open(database);
        Connection three = Servers.open(database)) {
      ActivityLock a = lock(one, "a");
      ActivityLock b = lock(two, "b");
      ActivityLock c = lock(three, "c");
      assertThat(a.tryLock()).isTrue();
      assertThat(lock(three, "a").tryLock()).isFalse();
      assertThat(b.tryLock()).isTrue();
      assertThat(lock(three, "b").isTaken()).isTrue();
      assertThat(c.tryLock()).isFalse();
      assertThat(c.isTaken()).isTrue();
      a.unlock();
      assertThat(c.tryLock()).isFalse();
      b.unlock();
      // Who was refused has left nothing behind.
      assertThat(Servers.rows(one, HELD)).containsExactly("0");
      assertThat(c.isTaken()).isFalse();
      assertThat(c.tryLock()).isTrue();
      assertThat(a.tryLock()).isFalse();
      assertThat(b.tryLock()).isFalse();
      a.endHolders();
      while (!a.tryLock()) {
        Thread.onSpinWait();
      }
      assertThat(b.tryLock()).isTrue();
      a.unlock();
      b.unlock();
    }
  }

  @Test
  void ofThoseThatTryAtOnceOneBegins() throws Exception {
    List<String> words = List.of("c", "c", "a", "b", "a", "b");
    ExecutorService threads = Executors.newFixedThreadPool(words.size());
    List<Connection> connections = new ArrayList<>();
    try {
      CyclicBarrier together = new CyclicBarrier(words.size());
      List<ActivityLock> locks = new ArrayList<>();
      for (String word : words) {
        connections.add(Servers.open(database));
        locks.add(lock(connections.get(connections.size() - 1), word));
      }
      List<Set<String>> allowed = List.of(Set.of("c"), Set.of("a", "b"));
      for (int round = 0; round < 200; round++) {
        List<Future<Boolean>> tries = new ArrayList<>();
        for (ActivityLock lock : locks) {
          Callable<Boolean> attempt =
              () -> {
                together.await();
                return lock.tryLock();
              };
          tries.add(threads.submit(attempt));
        }
        List<String> begun = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
          if (tries.get(i).get()) {
            begun.add(words.get(i));
          }
        }
        for (int i = 0; i < words.size(); i++) {
          if (tries.get(i).get()) {
            locks.get(i).unlock();
          }
        }
        assertThat(begun).doesNotHaveDuplicates();
        assertThat(allowed).contains(Set.copyOf(begun));
      }
      assertThat(Servers.rows(connections.get(0), HELD)).containsExactly("0");
    } finally {
      threads.shutdownNow();
      for (Connection connection : connections) {
        connection.close();
      }
    }
  }

  @Test
  void eachCommandsRunIsSeenByItsOwnLock() throws SQLException {
    try (Connection runner = Servers.open(database);
        Connection watcher = Servers.open(database)) {
      MigrationLedger ledger = new MigrationLedger(runner, "m");
      ledger.install();
      ledger.add(
          "shop",
          new MigrationLedger.Fixed(List.of(), Set.of(), Set.of(), Set.of(), Set.of()),
          new Mapping(List.of()));
      RunLedger runs = new RunLedger(runner, "m");
      for (String command :
          List.of("schema", "migrate", "extend", "backfill", "verify", "repair")) {
        Activity activity = Activity.of(command);
        ActivityLock lock = ActivityLock.of(runner, "m", activity);
        assertThat(lock.tryLock()).isTrue();
        long run = runs.startRun(command, "me");
        assertThat(runs.openRuns())
            .singleElement()
            .satisfies(open -> assertThat(open.id()).isEqualTo(run))
            .satisfies(open -> assertThat(open.activity()).isEqualTo(activity))
            .satisfies(open -> assertThat(open.holder()).startsWith("me, since "));
        assertThat(SnapshotReader.read(watcher, "m").holder()).isEqualTo("me");
        for (Activity other : Activity.values()) {
          ActivityLock second = ActivityLock.of(watcher, "m", other);
          assertThat(second.isTaken()).isEqualTo(!other.goesBeside(activity));
          assertThat(second.tryLock()).isEqualTo(other.goesBeside(activity));
          assertThat(second.holder()).startsWith("me, since ");
        }
        assertThat(ActivityLock.ofAll(watcher, "m").tryLock()).isFalse();
        lock.unlock();
        // Its lock is gone, and it never said that it ended.
        assertThat(SnapshotReader.read(watcher, "m").holder()).isNull();
        runs.endRun(run, "DONE");
      }
    }
  }
}

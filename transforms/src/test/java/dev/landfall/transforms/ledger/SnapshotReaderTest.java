package dev.landfall.transforms.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.model.ColumnName;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SnapshotReaderTest {
  private static final MigrationLedger.Fixed FIXED =
      new MigrationLedger.Fixed(
          List.of("line one", "line\ttwo"),
          Set.of(new ColumnName(new TableName("a.b", "c d"), "e")),
          Set.of(new TableName("public", "x.y")),
          Set.of(),
          Set.of());

  @Test
  void holderAndNoteAndTheirEnd() throws SQLException {
    try (FreshDatabase database = Servers.target();
        Connection watcher = Servers.open(database)) {
      assertThat(SnapshotReader.read(watcher, "m").phase()).isEqualTo(Snapshot.Phase.NEW);
      try (Connection runner = Servers.open(database)) {
        MigrationLedger ledger = new MigrationLedger(runner, "m");
        assertThat(ledger.fixed()).isEmpty();
        ledger.install();
        ledger.install();
        assertThat(SnapshotReader.read(watcher, "m").phase()).isEqualTo(Snapshot.Phase.NEW);
        ledger.add("shop", FIXED, new Mapping(List.of()));
        assertThat(ledger.fixed()).contains(FIXED);
        assertThat(ActivityLock.ofAll(runner, "m").tryLock()).isTrue();
        assertThat(ActivityLock.ofAll(watcher, "m").tryLock()).isFalse();
        assertThat(ActivityLock.ofAll(watcher, "other").tryLock()).isTrue();
        RunLedger runs = new RunLedger(runner, "m");
        long run = runs.startRun("migrate", "me@host, process 7");
        runs.setPhase(run, Snapshot.Phase.BACKFILL);

        Snapshot working = SnapshotReader.read(watcher, "m");
        assertThat(working.phase()).isEqualTo(Snapshot.Phase.BACKFILL);
        assertThat(working.holder()).isEqualTo("me@host, process 7");
        assertThat(working.note()).isNull();
        // The JVM's time zone is none of the clock's business.
        assertThat(Duration.between(working.started(), Instant.now()).abs())
            .isLessThan(Duration.ofMinutes(2));
        assertThat(Duration.between(working.taken(), Instant.now()).abs())
            .isLessThan(Duration.ofMinutes(2));

        Events.add(runner, "m", run, Event.sourceAway("gone"));
        Snapshot waiting = SnapshotReader.read(watcher, "m");
        assertThat(waiting.holder()).isEqualTo("me@host, process 7");
        assertThat(waiting.note()).isEqualTo("waiting for the source: gone");

        RunStop.request(runner, run, RunStop.USER);
        RunStop.request(runner, run, RunStop.REJECTS);
        assertThat(RunStop.reason(watcher, run)).contains(RunStop.USER);

        runs.endRun(run, "DONE");
        Snapshot ended = SnapshotReader.read(watcher, "m");
        assertThat(ended.holder()).isNull();
        assertThat(ended.note()).isNull();
        assertThat(ended.phase()).isEqualTo(Snapshot.Phase.DONE);

        // Other commands leave the migration's phase as it is, however they end.
        long other = runs.startRun("verify", "me");
        assertThat(SnapshotReader.read(watcher, "m").phase()).isEqualTo(Snapshot.Phase.VERIFY);
        runs.endRun(other, "USAGE");
        assertThat(SnapshotReader.read(watcher, "m").phase()).isEqualTo(Snapshot.Phase.DONE);
        runs.startRun("repair", "me");
        assertThat(SnapshotReader.read(watcher, "m").phase()).isEqualTo(Snapshot.Phase.REPAIR);
        runs.startRun("schema", "me");
        assertThat(SnapshotReader.read(watcher, "m").phase()).isEqualTo(Snapshot.Phase.SCHEMA);
        runs.endStale("STOPPED");
        assertThat(SnapshotReader.read(watcher, "m").phase()).isEqualTo(Snapshot.Phase.DONE);
        assertThat(Servers.rows(watcher, "SELECT outcome FROM landfall.run ORDER BY id"))
            .containsExactly("DONE", "USAGE", "ABANDONED", "STOPPED");

        run = runs.startRun("migrate", "me");
        runs.endRun(run, "THRESHOLD");
        assertThat(SnapshotReader.read(watcher, "m").phase()).isEqualTo(Snapshot.Phase.FAILED);
        assertThat(SnapshotReader.read(watcher, "m").note())
            .startsWith("stopped because more rows were rejected than load.rejects allows");
        runs.startRun("migrate", "me again");
      }
      // Its connection is gone and with it its lock, but it never said that it ended.
      Snapshot dead = awaitDead(watcher);
      assertThat(dead.holder()).isNull();
      assertThat(dead.note())
          .isEqualTo("the last run did not end by itself; the same command goes on");
      assertThat(watcher.getAutoCommit()).isTrue();
      assertThat(watcher.getTransactionIsolation())
          .isEqualTo(Connection.TRANSACTION_READ_COMMITTED);

      new MigrationLedger(watcher, "m").forget();
      assertThat(SnapshotReader.read(watcher, "m").phase()).isEqualTo(Snapshot.Phase.NEW);
      assertThat(Servers.rows(watcher, "SELECT count(*) FROM landfall.chunk")).containsExactly("0");
    }
  }

  /** A server notices the end of a connection a moment later. */
  private static Snapshot awaitDead(Connection connection) throws SQLException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      Snapshot snapshot = SnapshotReader.read(connection, "m");
      if (snapshot.phase() == Snapshot.Phase.STOPPED) {
        return snapshot;
      }
      assertThat(System.nanoTime()).isLessThan(deadline);
    }
  }

  @Test
  void keysAreWhatPostgresUnderstands() throws SQLException {
    Map<String, @Nullable String> key = new LinkedHashMap<>();
    key.put("b", "\"\\/\b\f\n\r\t\u0001\u001f\u007f\u2028😀");
    key.put("a\"\n", null);
    key.put("", "");
    String json = JsonKeys.json(key);
    assertThat(JsonKeys.json(Map.of())).isEqualTo("{}");
    assertThat(JsonKeys.json(Map.of("a", "x\0y"))).isEqualTo("{\"a\":\"x\\\\u0000y\"}");
    assertThat(json).startsWith("{\"b\":\"\\\"\\\\/\\u0008").endsWith(",\"\":\"\"}");
    try (FreshDatabase database = Servers.target();
        Connection connection = Servers.open(database);
        var select =
            connection.prepareStatement(
                "SELECT ?::jsonb ->> 'b', ?::jsonb ->> E'a\"\\n', ?::jsonb ->> ''")) {
      for (int i = 1; i <= 3; i++) {
        select.setString(i, json);
      }
      try (var row = select.executeQuery()) {
        row.next();
        assertThat(row.getString(1)).isEqualTo(key.get("b"));
        assertThat(row.getString(2)).isNull();
        assertThat(row.getString(3)).isEmpty();
      }
    }
  }
}

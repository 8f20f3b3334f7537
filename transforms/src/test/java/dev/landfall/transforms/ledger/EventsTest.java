package dev.landfall.transforms.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.jdbc.Transactions;
import dev.landfall.transforms.model.Mapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events are there with what they tell, and can be followed by their ids. */
@Timeout(60)
class EventsTest {
  private static final String ALL = "SELECT kind, facts, text FROM landfall.event ORDER BY id";

  private static RunLedger begun(Connection connection) throws SQLException {
    MigrationLedger ledger = new MigrationLedger(connection, "m");
    ledger.install();
    ledger.add(
        "shop",
        new MigrationLedger.Fixed(List.of(), Set.of(), Set.of(), Set.of(), Set.of()),
        new Mapping(List.of()));
    return new RunLedger(connection, "m");
  }

  @Test
  void tellOfRunsWithThem() throws SQLException {
    try (FreshDatabase database = Servers.target();
        Connection connection = Servers.open(database)) {
      RunLedger runs = begun(connection);
      long killed = runs.startRun("migrate", "me");
      runs.setPhase(killed, Snapshot.Phase.BACKFILL);
      long run = runs.startRun("migrate", "me \"again\"");
      assertThat(runs.endRun(run, "DONE")).isTrue();
      assertThat(runs.endRun(run, "FAILED")).isFalse();
      new SourceLedger(connection, "m").note(run, "one", "h:1");
      new SourceLedger(connection, "m").note(run, "one", "h:2");
      new SourceLedger(connection, "m").note(run, "other", "h:2");

      assertThat(Servers.rows(connection, ALL))
          .containsExactly(
              "RUN_BEGUN|{\"holder\": \"me\", \"command\": \"migrate\"}|migrate was begun by me",
              "PHASE|{\"phase\": \"BACKFILL\"}|phase BACKFILL",
              "RUN_ENDED|{\"command\": \"migrate\", \"outcome\": \"ABANDONED\"}|migrate ended:"
                  + " ABANDONED",
              "RUN_BEGUN|{\"holder\": \"me \\\"again\\\"\", \"command\": \"migrate\"}|migrate was"
                  + " begun by me \"again\"",
              "RUN_ENDED|{\"command\": \"migrate\", \"outcome\": \"DONE\"}|migrate ended: DONE",
              "SOURCE_MOVED|{\"now\": \"other\", \"before\": \"one\"}|the source moved from server"
                  + " one to other");
      assertThat(connection.getAutoCommit()).isTrue();
    }
  }

  @Test
  void goWithWhatTheyTell() throws SQLException {
    try (FreshDatabase database = Servers.target();
        Connection connection = Servers.open(database)) {
      RunLedger runs = begun(connection);
      assertThatThrownBy(
              () ->
                  Transactions.in(
                      connection,
                      () -> {
                        runs.startRun("migrate", "me");
                        throw new SQLException("the connection broke");
                      }))
          .hasMessage("the connection broke");

      assertThat(connection.getAutoCommit()).isTrue();
      assertThat(Servers.rows(connection, "SELECT id FROM landfall.run")).isEmpty();
      assertThat(Servers.rows(connection, ALL)).isEmpty();
    }
  }

  @Test
  void becomeVisibleInTheOrderOfTheirIds() throws Exception {
    try (FreshDatabase database = Servers.target();
        Connection first = Servers.open(database);
        Connection second = Servers.open(database);
        Connection reader = Servers.open(database)) {
      long run = begun(first).startRun("migrate", "me");
      first.setAutoCommit(false);
      Events.add(first, "m", run, Event.waiting("first"));
      CompletableFuture<Void> beside =
          CompletableFuture.runAsync(
              () -> {
                try {
                  Events.add(second, "m", run, Event.waiting("second"));
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      while (Servers.rows(
              reader, "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
          .isEmpty()) {
        Thread.onSpinWait();
      }
      Events.add(first, "m", run, Event.waiting("first once more"));
      assertThat(Servers.rows(reader, "SELECT text FROM landfall.event WHERE kind = 'WAITING'"))
          .isEmpty();
      first.commit();
      beside.get();

      assertThat(
              Servers.rows(
                  reader, "SELECT text FROM landfall.event WHERE kind = 'WAITING' ORDER BY id"))
          .containsExactly("first", "first once more", "second");
    }
  }
}

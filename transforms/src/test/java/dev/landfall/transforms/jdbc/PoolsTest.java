package dev.landfall.transforms.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.embedded.SharedServers;
import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.catalog.Servers.Source;
import dev.landfall.transforms.jdbc.ConnectionSettings.Product;
import dev.landfall.transforms.jdbc.Pools.Use;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that are not to be had for a while, from servers and from the pool itself. */
@Timeout(60)
class PoolsTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private static ConnectionSettings settings(FreshDatabase database, String user) {
    boolean target = database.server().equals(SharedServers.postgres());
    return new ConnectionSettings(
            target ? Product.POSTGRESQL : Product.MYSQL,
            database.server().host(),
            database.server().port(),
            database.name(),
            user,
            Secret.of(database.server().password()),
            Map.of())
        .withPatience(HOUR);
  }

  /**
   * Somebody who asks a pool that has nothing to give, patiently and once more without patience.
   */
  private record Asked(String error, Future<Connection> patient, Future<SQLException> impatient) {
    static Asked of(String error, ConnectionSettings settings, ExecutorService threads) {
      return new Asked(
          error,
          threads.submit(() -> Pools.of(settings, Use.GENERAL).getConnection()),
          threads.submit(
              () ->
                  catchThrowableOfType(
                      SQLException.class,
                      () -> Pools.impatient(settings, Use.GENERAL).getConnection().close())));
    }
  }

  /** Takes all connections that the pool may have. */
  private static List<Connection> takeAll(ConnectionSettings settings) throws SQLException {
    List<Connection> taken = new ArrayList<>();
    for (int i = 0; i < Pools.MAXIMUM; i++) {
      taken.add(Pools.of(settings, Use.GENERAL).getConnection());
    }
    return taken;
  }

  @Test
  void whoFindsNoRoomWaitsUntilThereIsSome() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Connection> held = new ArrayList<>();
    try (FreshDatabase target = Servers.target();
        FreshDatabase source = Source.MARIADB.fresh();
        Connection administrator = Servers.open(target);
        Connection root = Servers.open(source)) {
      String name = target.name();
      String password = target.server().password();
      Servers.execute(
          administrator,
          "CREATE ROLE " + name + " LOGIN CONNECTION LIMIT 1 PASSWORD '" + password + "'");
      Servers.execute(
          root,
          "CREATE USER one@'%' IDENTIFIED BY '" + password + "' WITH MAX_USER_CONNECTIONS 1",
          "GRANT ALL ON `" + source.name() + "`.* TO one@'%'");
      ConnectionSettings role = settings(target, name);
      ConnectionSettings user = settings(source, "one");
      ConnectionSettings bounded = settings(target, target.server().user());
      held.add(Connections.open(role));
      held.add(Connections.open(user));
      held.addAll(takeAll(bounded));

      List<Asked> all =
          List.of(
              Asked.of("too many connections for role", role, threads),
              Asked.of("max_user_connections", user, threads),
              Asked.of("all connections of this process were in use", bounded, threads));
      Callable<SQLException> refusal =
          () ->
              catchThrowableOfType(
                  SQLException.class,
                  () -> Pools.of(nobody(target), Use.GENERAL).getConnection().close());
      Future<SQLException> refused = threads.submit(refusal);
      for (Asked asked : all) {
        SQLException failure = asked.impatient().get();
        assertThat(SqlStates.classify(failure)).isEqualTo(SqlStates.Failure.TRANSIENT);
        assertThat(Reachability.reason(failure)).contains(asked.error());
        assertThat(asked.patient()).isNotDone();
      }
      for (Connection connection : held) {
        connection.close();
      }
      for (Asked asked : all) {
        asked.patient().get().close();
      }
      // What is said at once is no lack of room.
      assertThat(Reachability.reason(refused.get()))
          .startsWith("FATAL: password authentication failed");

      Servers.execute(root, "DROP USER one@'%'");
      Pools.closeAll();
      Servers.execute(administrator, "DROP ROLE " + name);
    } finally {
      threads.shutdownNow();
      assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
      Pools.closeAll();
    }
  }

  private static ConnectionSettings nobody(FreshDatabase target) {
    return settings(target, "nobody");
  }
}

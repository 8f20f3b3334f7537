package dev.landfall.transforms.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.embedded.EmbeddedServer;
import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.catalog.Servers.Source;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectionsTest {
  private static final String ODD = "odd name+1%41?a=b&c#d/e";

  private static ConnectionSettings settings(EmbeddedServer server, String name, String password) {
    return new ConnectionSettings(
        server.equals(dev.landfall.embedded.SharedServers.postgres())
            ? ConnectionSettings.Product.POSTGRESQL
            : ConnectionSettings.Product.MYSQL,
        server.host(),
        server.port(),
        name,
        server.user(),
        Secret.of(password),
        Map.of());
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void sourceSessions(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection connection = Servers.open(database)) {
      assertThat(TimeZone.getDefault().getID()).isEqualTo("Asia/Kathmandu");
      assertThat(Servers.rows(connection, "SELECT @@SESSION.time_zone")).containsExactly("+00:00");
      assertThat(Servers.rows(connection, "SELECT FROM_UNIXTIME(0), '日😀'"))
          .containsExactly("1970-01-01 00:00:00|日😀");
      try {
        Servers.execute(connection, "CREATE DATABASE `" + ODD + "`");
        try (Connection odd =
            Connections.open(settings(database.server(), ODD, database.server().password()))) {
          assertThat(Servers.rows(odd, "SELECT DATABASE()")).containsExactly(ODD);
        }
      } finally {
        Servers.execute(connection, "DROP DATABASE IF EXISTS `" + ODD + "`");
      }
    }
  }

  @Test
  void targetSessions() throws SQLException {
    try (FreshDatabase database = Servers.target();
        Connection connection = Servers.open(database)) {
      assertThat(Servers.rows(connection, "SHOW TimeZone")).containsExactly("UTC");
      assertThat(
              Servers.rows(
                  connection,
                  "SELECT name, setting FROM pg_settings WHERE name ~ '^tcp_keepalives' ORDER BY 1"))
          .containsExactly(
              "tcp_keepalives_count|3", "tcp_keepalives_idle|30", "tcp_keepalives_interval|10");
      assertThat(
              Servers.rows(connection, "SELECT to_timestamp(0), '\\x00'::bytea, 0.1::float8 + 0.2"))
          .containsExactly("1970-01-01 00:00:00+00|\\x00|0.30000000000000004");
      try {
        Servers.execute(connection, "CREATE DATABASE \"" + ODD + "\"");
        try (Connection odd =
            Connections.open(settings(database.server(), ODD, database.server().password()))) {
          assertThat(Servers.rows(odd, "SELECT current_database()")).containsExactly(ODD);
        }
      } finally {
        Servers.execute(connection, "DROP DATABASE IF EXISTS \"" + ODD + "\"");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void secretPropertiesReachTheDriver(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh()) {
      EmbeddedServer server = database.server();
      try (Connection connection =
          Connections.open(
              new ConnectionSettings(
                  ConnectionSettings.Product.MYSQL,
                  server.host(),
                  server.port(),
                  database.name(),
                  server.user(),
                  null,
                  Map.of(),
                  Map.of("password1", Secret.of(server.password()))))) {
        assertThat(Servers.rows(connection, "SELECT DATABASE()")).containsExactly(database.name());
      }
    }
  }

  @Test
  void nobodyWorksWhereTriggersAndKeysAreOff() throws SQLException {
    try (FreshDatabase database = Servers.target();
        Connection admin = Servers.open(database)) {
      String role = "mover_" + database.name();
      Servers.execute(
          admin,
          "CREATE ROLE " + role + " LOGIN PASSWORD 'm-word'",
          "ALTER ROLE " + role + " SET session_replication_role = replica");
      try {
        assertThatThrownBy(() -> Servers.open(database, role, "m-word"))
            .isInstanceOfSatisfying(
                MigrationException.class,
                e -> assertThat(e.kind()).isEqualTo(MigrationException.Kind.USAGE))
            .hasMessageContaining("keeps session_replication_role at replica for this user")
            .hasMessageContaining("RESET session_replication_role");
        // Who may set it, does.
        Servers.execute(admin, "ALTER ROLE " + role + " SUPERUSER");
        try (Connection connection = Servers.open(database, role, "m-word")) {
          assertThat(Servers.rows(connection, "SHOW session_replication_role"))
              .containsExactly("origin");
        }
      } finally {
        Servers.execute(admin, "DROP ROLE " + role);
      }
    }
  }

  @Test
  void poolsDifferInWhatACommitWaitsFor() throws SQLException {
    try (FreshDatabase database = Servers.target()) {
      ConnectionSettings settings =
          settings(database.server(), database.name(), database.server().password());
      assertThat(Pools.impatient(settings, Pools.Use.LOAD))
          .isSameAs(Pools.impatient(settings, Pools.Use.LOAD));
      try (Connection load = Pools.impatient(settings, Pools.Use.LOAD).getConnection();
          Connection general = Pools.impatient(settings, Pools.Use.GENERAL).getConnection()) {
        load.setAutoCommit(false);
        assertThat(Servers.rows(load, "SHOW synchronous_commit")).containsExactly("off");
        load.rollback();
        assertThat(Servers.rows(load, "SHOW synchronous_commit")).containsExactly("off");
        assertThat(Servers.rows(load, "SHOW TimeZone")).containsExactly("UTC");
        assertThat(Servers.rows(general, "SHOW synchronous_commit")).containsExactly("on");
        // What the server's socket has, not what was asked for.
        assertThat(Servers.rows(load, "SHOW tcp_user_timeout")).containsExactly("60000");
        assertThat(Servers.rows(general, "SHOW tcp_user_timeout")).containsExactly("0");
      }
      try (Connection again = Pools.impatient(settings, Pools.Use.LOAD).getConnection()) {
        assertThat(again.getAutoCommit()).isTrue();
      }
      Pools.closeAll();
    }
  }

  @Test
  void saysWhyATargetCantBeReached() throws SQLException {
    try (FreshDatabase database = Servers.target()) {
      EmbeddedServer server = database.server();
      String missing = "nowhere_" + database.name();
      assertUnreachable(
          settings(server, missing, server.password()), missing, "create the database first");
      ConnectionSettings down =
          new ConnectionSettings(
              ConnectionSettings.Product.POSTGRESQL,
              "127.0.0.1",
              1,
              "x",
              "me",
              Secret.of("hidden-word"),
              Map.of());
      assertUnreachable(down, "me@127.0.0.1:1/x", "Check that the server is up");
    }
  }

  private static void assertUnreachable(ConnectionSettings settings, String what, String advice) {
    assertThatThrownBy(() -> Reachability.open(Reachability.Side.TARGET, settings))
        .isInstanceOfSatisfying(
            MigrationException.class,
            e -> assertThat(e.kind()).isEqualTo(MigrationException.Kind.UNREACHABLE))
        .hasMessageContaining(what)
        .hasMessageContaining(advice)
        .hasMessageNotContaining("hidden-word");
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void saysWhyASourceCantBeReached(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh()) {
      EmbeddedServer server = database.server();
      ConnectionSettings wrong =
          new ConnectionSettings(
              ConnectionSettings.Product.MYSQL,
              server.host(),
              server.port(),
              database.name(),
              "nobody_at_all",
              Secret.of("hidden-word"),
              Map.of());
      assertThatThrownBy(() -> Reachability.open(Reachability.Side.SOURCE, wrong))
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining("The source database nobody_at_all@")
          .hasMessageContaining("Check user and password (\"source\" of the spec, or --source).")
          .hasMessageNotContaining("hidden-word");
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "08006, TRANSIENT",
        "08S01, TRANSIENT",
        "40001, TRANSIENT",
        "40P01, TRANSIENT",
        "53100, TRANSIENT",
        "53300, TRANSIENT",
        "57P01, TRANSIENT",
        "57P03, TRANSIENT",
        "22003, BAD_ROW",
        "22021, BAD_ROW",
        "22P02, BAD_ROW",
        "23502, BAD_ROW",
        "23505, BAD_ROW",
        "23514, BAD_ROW",
        "54000, BAD_ROW",
        "42P01, FATAL",
        "42501, FATAL",
        "25P02, FATAL",
        "25P03, TRANSIENT",
        "25P04, TRANSIENT",
        "55P03, TRANSIENT",
        "XX000, FATAL",
        "28P01, FATAL",
        "-, FATAL",
        "0, FATAL"
      })
  void statesMean(@Nullable String state, SqlStates.Failure meaning) {
    assertThat(SqlStates.classify(new SQLException("m", state))).isEqualTo(meaning);
  }

  /** What these servers say when they have no room or no time, or somebody ends a session. */
  @ParameterizedTest
  @CsvSource({
    "08004, 1040",
    "HY000, 1135",
    "42000, 1203",
    "HY000, 1205",
    "42000, 1226",
    "70100, 1317",
    "70100, 1927"
  })
  void numbersMeanThatItIsWorthWaiting(String state, int number) {
    assertThat(SqlStates.classify(new SQLException("m", state, number)))
        .isEqualTo(SqlStates.Failure.TRANSIENT);
    assertThat(SqlStates.isBusy(new SQLException("m", state, number)))
        .isEqualTo(!state.equals("70100"));
  }

  /** So that it is waited for, which a full disk is not in the middle of a statement. */
  @ParameterizedTest
  @CsvSource({
    "53300, has no connection to give%c or no answer: too much., UNREACHABLE",
    "55P03, has no connection to give%c or no answer: too much., UNREACHABLE",
    "08006, can't be reached: too much., UNREACHABLE",
    "53100, failed: too much., FAILED"
  })
  void aServerIsCalledBusyWhenItIs(String state, String what, MigrationException.Kind kind) {
    SQLException said = new SQLException("too much", state);
    ConnectionSettings target =
        new ConnectionSettings(
            ConnectionSettings.Product.POSTGRESQL, "db", 5432, "shop", null, null, Map.of());
    MigrationException failed =
        Reachability.failed(Reachability.Side.TARGET, target, "Keeping the ledger", said);
    assertThat(failed).hasMessageContaining(what.formatted(','));
    assertThat(failed.kind()).isEqualTo(kind);
  }

  @Test
  void brokenStreamsAreTransientWhateverTheirState() {
    assertThat(SqlStates.classify(new SQLException("m", "S1000", new IOException("reset"))))
        .isEqualTo(SqlStates.Failure.TRANSIENT);
    assertThat(SqlStates.classify(new SQLTransientConnectionException("pool is empty")))
        .isEqualTo(SqlStates.Failure.TRANSIENT);
    SQLException inner = new SQLException("inner");
    SQLException found = SqlStates.in(new RuntimeException(new IllegalStateException(inner)));
    assertThat((Throwable) found).isSameAs(inner);
    assertThat((Throwable) SqlStates.in(new RuntimeException("none"))).isNull();
  }
}

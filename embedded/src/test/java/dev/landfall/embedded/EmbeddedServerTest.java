package dev.landfall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EmbeddedServerTest {
  @SuppressWarnings("ImmutableEnumChecker")
  enum Kind {
    MYSQL(EmbeddedMySql::start, "8.0.15", "--sql-mode=ANSI", "SELECT @@sql_mode"),
    MARIADB(EmbeddedMariaDb::start, "11.4.5", "--sql-mode=ANSI", "SELECT @@sql_mode"),
    POSTGRES(EmbeddedPostgres::start, "PostgreSQL 17.", "--work-mem=7MB", "SHOW work_mem");

    final Function<ServerSettings, EmbeddedServer> starter;
    final String version;
    final String argument;
    final String argumentQuery;

    Kind(
        Function<ServerSettings, EmbeddedServer> starter,
        String version,
        String argument,
        String argumentQuery) {
      this.starter = starter;
      this.version = version;
      this.argument = argument;
      this.argumentQuery = argumentQuery;
    }

    EmbeddedServer start(ServerSettings settings) {
      if (this == MYSQL) {
        Optional<String> missing = EmbeddedMySql.missing();
        assumeTrue(missing.isEmpty(), missing::toString);
      }
      return starter.apply(settings);
    }
  }

  @ParameterizedTest
  @EnumSource
  void answersAndLeavesNothingBehind(Kind kind) throws Exception {
    EmbeddedServer server = kind.start(ServerSettings.defaults());
    List<ProcessHandle> processes;
    try (server) {
      assertThat(server.host()).isEqualTo("127.0.0.1");
      assertThat(server.isRunning()).isTrue();
      try (FreshDatabase one = server.freshDatabase("one");
          FreshDatabase two = server.freshDatabase("one");
          Connection connection = one.connect()) {
        assertThat(one.name()).startsWith("one_").isNotEqualTo(two.name());
        assertThat(query(connection, "SELECT version()")).startsWith(kind.version);
        assertThat(connection.getCatalog()).isEqualTo(one.name());
        one.drop();
        assertThatThrownBy(one::connect).isInstanceOf(SQLException.class);
      }
      processes = processesOf(server);
      assertThat(processes).extracting(ProcessHandle::pid).contains(server.pid());
    }
    assertThat(server.isRunning()).isFalse();
    assertThat(server.home()).doesNotExist();
    assertThat(processes).noneMatch(EmbeddedServerTest::runs);
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void keepsDataWhenStoppedAndWhenKilled(Kind kind) throws Exception {
    try (EmbeddedServer server = kind.start(ServerSettings.defaults())) {
      int port = server.port();
      FreshDatabase database = server.freshDatabase("kept");
      execute(database, "CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
      long first = server.pid();

      server.stop();
      assertThat(server.isRunning()).isFalse();
      assertThatThrownBy(database::connect).isInstanceOf(SQLException.class);
      server.start();
      assertThat(server.port()).isEqualTo(port);
      assertThat(server.pid()).isNotEqualTo(first);
      execute(database, "INSERT INTO t VALUES (2)");

      List<ProcessHandle> processes = processesOf(server);
      server.kill();
      assertThat(processes).noneMatch(EmbeddedServerTest::runs);
      assertThatThrownBy(database::connect).isInstanceOf(SQLException.class);
      server.start();
      assertThat(server.port()).isEqualTo(port);
      try (Connection connection = database.connect()) {
        assertThat(query(connection, "SELECT concat(min(id), ' to ', max(id)) FROM t"))
            .isEqualTo("1 to 2");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void twoAtTheSameTimeDoNotCollide(Kind kind) throws Exception {
    try (EmbeddedServer one = kind.start(ServerSettings.defaults());
        EmbeddedServer two = kind.start(ServerSettings.defaults().withArguments(kind.argument))) {
      assertThat(one.port()).isNotEqualTo(two.port());
      assertThat(one.home()).isNotEqualTo(two.home());
      one.createDatabase("only_in_one");
      two.createDatabase("only_in_two");
      one.connect("only_in_one").close();
      assertThatThrownBy(() -> one.connect("only_in_two")).isInstanceOf(SQLException.class);
      try (Connection first = one.connect("only_in_one");
          Connection second = two.connect("only_in_two")) {
        assertThat(query(second, kind.argumentQuery))
            .isNotEqualTo(query(first, kind.argumentQuery))
            .contains(kind.argument.substring(kind.argument.indexOf('=') + 1));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void isFoundAgainAfterDetaching(Kind kind, @TempDir Path directory) throws Exception {
    Path home = directory.resolve("home");
    assertThat(EmbeddedServer.attach(home)).isEmpty();
    ServerSettings settings = ServerSettings.defaults().withHome(home).withArguments(kind.argument);
    EmbeddedServer started = kind.start(settings);
    started.createDatabase("kept");
    started.detach();
    started.close();

    EmbeddedServer found = EmbeddedServer.attach(home).orElseThrow();
    assertThat(found.isRunning()).isTrue();
    assertThat(found.pid()).isEqualTo(started.pid());
    assertThat(found.jdbcUrl("kept")).isEqualTo(started.jdbcUrl("kept"));
    assertThatThrownBy(() -> kind.start(settings))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining("runs already");

    found.stop();
    EmbeddedServer stopped = EmbeddedServer.attach(home).orElseThrow();
    assertThat(stopped.isRunning()).isFalse();
    stopped.start();
    try (Connection connection = stopped.connect("kept")) {
      assertThat(query(connection, kind.argumentQuery))
          .contains(kind.argument.substring(kind.argument.indexOf('=') + 1));
    }
    stopped.destroy();
    assertThat(stopped.isRunning()).isFalse();
    assertThat(home).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource
  void keepsAHomeOfItsOwn(Kind kind, @TempDir Path home) throws Exception {
    int port;
    try (EmbeddedServer server = kind.start(ServerSettings.defaults().withHome(home))) {
      port = server.port();
      server.createDatabase("kept");
    }
    try (EmbeddedServer server = kind.start(ServerSettings.defaults().withHome(home))) {
      assertThat(server.port()).isEqualTo(port);
      server.connect("kept").close();
    }
    assertThat(home.resolve("data")).isDirectory();
  }

  @ParameterizedTest
  @EnumSource
  void showsTheLogWhenItDoesNotStart(Kind kind, @TempDir Path home) {
    ServerSettings settings =
        ServerSettings.defaults().withHome(home).withArguments("--no-such-setting=1");
    assertThatThrownBy(() -> kind.start(settings))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining("ended while it started")
        .hasMessageContaining(home.resolve("server.log").toString())
        .message()
        .containsPattern("no.such.setting");
    assertThat(EmbeddedServer.attach(home).orElseThrow().isRunning()).isFalse();
  }

  private static List<ProcessHandle> processesOf(EmbeddedServer server) {
    ProcessHandle main = ProcessHandle.of(server.pid()).orElseThrow();
    return Stream.concat(Stream.of(main), main.descendants()).toList();
  }

  /** Not merely listed because its parent, which is none of ours, has not looked at it yet. */
  private static boolean runs(ProcessHandle process) {
    try {
      return !Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"))
          .contains(") Z ");
    } catch (IOException e) {
      return false;
    }
  }

  private static void execute(FreshDatabase database, String... statements) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      assertThat(result.next()).isTrue();
      return result.getString(1);
    }
  }
}

package dev.landfall.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The life of one server, the same for all distributions. */
final class LocalServer implements EmbeddedServer {
  private static final String HOST = "127.0.0.1";

  /** Also for a crashed server that has much to redo on a busy machine. */
  private static final Duration START_TIMEOUT = Duration.ofMinutes(3);

  private static final Duration STOP_TIMEOUT = Duration.ofMinutes(2);

  /** Somebody may take a free port before the server does; more often than this is no accident. */
  private static final int PORT_ATTEMPTS = 5;

  private final Distribution distribution;
  private final Path home;
  private final int port;
  private final List<String> arguments;
  private final boolean temporary;
  private boolean detached;
  private long pid;
  private @Nullable ServerProcess process;
  private @Nullable Watchdog watchdog;

  private LocalServer(
      Distribution distribution, Path home, int port, List<String> arguments, boolean temporary) {
    this.distribution = distribution;
    this.home = home;
    this.port = port;
    this.arguments = arguments;
    this.temporary = temporary;
  }

  /** Starts a new server, or one on the data that an earlier one left in the settings' home. */
  static LocalServer launch(Distribution distribution, ServerSettings settings) {
    boolean temporary = settings.home().isEmpty();
    Path home;
    try {
      home =
          temporary
              ? Directories.temporary("landfall-" + distribution.kind() + "-")
              : Files.createDirectories(settings.home().get());
    } catch (IOException e) {
      throw new EmbeddedServerException("Can't make a server's directory: " + e, e);
    }
    try {
      Optional<ServerState> earlier = ServerState.load(home);
      refuseRunning(home, earlier);
      distribution.prepare(home, settings.initializeArguments());
      for (int attempt = 1; ; attempt++) {
        int port = earlier.isPresent() ? earlier.get().port() : Ports.free();
        LocalServer server =
            new LocalServer(distribution, home, port, settings.arguments(), temporary);
        try {
          server.start();
          return server;
        } catch (EmbeddedServerException e) {
          boolean taken = String.valueOf(e.getMessage()).contains("Address already in use");
          if (!taken || earlier.isPresent() || attempt == PORT_ATTEMPTS) {
            throw e;
          }
        }
      }
    } catch (IOException | RuntimeException e) {
      if (temporary) {
        Directories.delete(home);
      }
      throw e instanceof EmbeddedServerException known
          ? known
          : new EmbeddedServerException("Can't prepare a server in " + home + ": " + e, e);
    }
  }

  static Optional<EmbeddedServer> attach(Path directory) {
    Path home = directory.toAbsolutePath().normalize();
    return ServerState.load(home)
        .map(
            state -> {
              LocalServer server =
                  new LocalServer(
                      Distribution.of(state.kind()), home, state.port(), state.arguments(), false);
              server.detached = true;
              server.pid = state.pid();
              server.process = ServerProcess.find(state.pid(), state.startedMillis()).orElse(null);
              return server;
            });
  }

  private static void refuseRunning(Path home, Optional<ServerState> state) {
    if (state.flatMap(s -> ServerProcess.find(s.pid(), s.startedMillis())).isPresent()) {
      throw new EmbeddedServerException(
          "The server of %s runs already, as process %d on port %d. Attach to it instead."
              .formatted(home, state.get().pid(), state.get().port()));
    }
  }

  @Override
  public String host() {
    return HOST;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public String user() {
    return distribution.user();
  }

  @Override
  public String password() {
    return PASSWORD;
  }

  @Override
  public String adminUrl() {
    return jdbcUrl(distribution.adminDatabase());
  }

  @Override
  public String jdbcUrl(String database) {
    return distribution.jdbcUrl(port, database);
  }

  @Override
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database));
  }

  @Override
  public void createDatabase(String name) throws SQLException {
    execute("CREATE DATABASE " + distribution.quote(name));
  }

  @Override
  public void dropDatabase(String name) throws SQLException {
    execute(distribution.dropDatabase(name));
  }

  @Override
  public FreshDatabase freshDatabase(String prefix) throws SQLException {
    // Not only a counter: a server with a home of its own remembers databases of earlier runs.
    String name = prefix + "_" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
    createDatabase(name);
    return new FreshDatabase(this, name);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect(distribution.adminDatabase());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public Path home() {
    return home;
  }

  @Override
  public synchronized long pid() {
    return pid;
  }

  @Override
  public synchronized boolean isRunning() {
    return process != null && process.isAlive();
  }

  @Override
  public synchronized void start() {
    if (isRunning()) {
      return;
    }
    release();
    Path data = home.resolve(Distribution.DATA);
    Path log = home.resolve("server.log");
    long logBefore = log.toFile().length();
    try {
      distribution.clearLocks(data);
    } catch (IOException e) {
      throw new EmbeddedServerException("Can't clear old locks in " + data + ": " + e, e);
    }
    List<String> command = new ArrayList<>(distribution.command(data, port));
    command.addAll(arguments);
    ServerProcess started = ServerProcess.launch(command, home, log);
    process = started;
    pid = started.pid();
    if (!detached) {
      watchdog =
          Watchdog.over(
              started, distribution.stopSignal(), temporary ? Optional.of(home) : Optional.empty());
    }
    new ServerState(distribution.kind(), port, pid, started.startedMillis(), arguments).save(home);
    boolean answers = false;
    try {
      awaitAnswer(started, log, logBefore);
      answers = true;
    } finally {
      if (!answers) {
        kill();
      }
    }
  }

  private void awaitAnswer(ServerProcess started, Path log, long logBefore) {
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    String last = "nothing listens on port " + port;
    while (started.isAlive() && System.nanoTime() < deadline) {
      if (Ports.answers(port)) {
        try {
          if (isOurs()) {
            return;
          }
          last = "another server answers on port " + port;
        } catch (SQLException e) {
          last = String.valueOf(e.getMessage());
        }
      }
      ServerProcess.pause();
    }
    throw new EmbeddedServerException(
        "%s %s %s; %s. The end of its log, %s:\n%s"
            .formatted(
                distribution.kind(),
                distribution.version(),
                started.isAlive() ? "does not answer" : "ended while it started",
                last,
                log,
                Programs.tail(log, logBefore)));
  }

  private boolean isOurs() throws SQLException {
    try (Connection connection = connect(distribution.adminDatabase());
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(distribution.dataDirectoryQuery())) {
      return result.next()
          && Files.isSameFile(Path.of(result.getString(1)), home.resolve(Distribution.DATA));
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public synchronized void stop() {
    if (process != null && process.isAlive()) {
      process.signal(distribution.stopSignal());
      if (!process.awaitEnd(STOP_TIMEOUT)) {
        process.kill();
      }
    }
    release();
  }

  @Override
  public synchronized void kill() {
    if (process != null && process.isAlive()) {
      process.kill();
    }
    release();
  }

  @Override
  public synchronized void detach() {
    detached = true;
    release();
  }

  private void release() {
    if (watchdog != null) {
      watchdog.release();
      watchdog = null;
    }
  }

  @Override
  public synchronized void destroy() {
    // What is to be deleted need not be written first.
    kill();
    Directories.delete(home);
  }

  @Override
  public synchronized void close() {
    if (detached) {
      return;
    }
    if (temporary) {
      destroy();
    } else {
      stop();
    }
  }

  @Override
  public String toString() {
    return distribution.kind() + " " + distribution.version() + " on " + HOST + ":" + port;
  }
}

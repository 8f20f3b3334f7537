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

  private final Distribution distribution;
  private final Path home;
  private final int port;
  private final List<String> arguments;
  private final boolean temporary;
  private boolean detached;
  private long pid;
  private @Nullable ServerProcess process;
  private @Nullable Watchdog watchdog;

  /** A server that is not running yet. */
  LocalServer(
      Distribution distribution, Path home, int port, List<String> arguments, boolean temporary) {
    this.distribution = distribution;
    this.home = home;
    this.port = port;
    this.arguments = arguments;
    this.temporary = temporary;
  }

  /** The server that another handle detached from. */
  static LocalServer detached(Path home, ServerState state) {
    LocalServer server =
        new LocalServer(
            Distribution.of(state.kind()), home, state.port(), state.arguments(), false);
    server.detached = true;
    server.pid = state.pid();
    server.process = ServerProcess.find(state.pid(), state.startedMillis()).orElse(null);
    return server;
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
    ServerProcess running = process;
    uninterrupted(
        () -> {
          if (running != null && running.isAlive()) {
            running.signal(distribution.stopSignal());
            if (!running.awaitEnd(STOP_TIMEOUT)) {
              running.kill();
            }
          }
          release();
        });
  }

  @Override
  public synchronized void kill() {
    ServerProcess running = process;
    uninterrupted(
        () -> {
          if (running != null && running.isAlive()) {
            running.kill();
          }
          release();
        });
  }

  @Override
  public synchronized void detach() {
    detached = true;
    uninterrupted(this::release);
  }

  /** An interrupted thread, such as one of a test that took too long, still has to clean up. */
  private static void uninterrupted(Runnable work) {
    boolean interrupted = Thread.interrupted();
    try {
      work.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
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

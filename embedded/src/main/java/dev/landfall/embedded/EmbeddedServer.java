package dev.landfall.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A real database server: a process of its own that listens on 127.0.0.1 only and logs to a file.
 *
 * <p>It ends with the JVM that started it, however that ends, unless {@link #detach} was called.
 * Methods that change the server's state may be called from any thread.
 */
public interface EmbeddedServer extends AutoCloseable {
  /** The password of {@link #user} on every embedded server. */
  String PASSWORD = "pw-Quay17";

  /** Always {@code 127.0.0.1}. */
  String host();

  /** The TCP port; the same after {@link #stop} and {@link #start}. */
  int port();

  /** The administrator: {@code root} or {@code postgres}. */
  String user();

  /** The administrator's password: {@link #PASSWORD}. */
  String password();

  /** JDBC URL of the administrator, with password, connected to no database of the user's. */
  String adminUrl();

  /** JDBC URL of the administrator, with password, connected to {@code database}. */
  String jdbcUrl(String database);

  /**
   * Opens a connection as administrator. The caller closes it.
   *
   * @throws SQLException as the driver throws it: server stopped, no such database
   */
  Connection connect(String database) throws SQLException;

  /** Makes an empty database with the server's default character set. */
  void createDatabase(String name) throws SQLException;

  /** Drops a database if it is there, on PostgreSQL together with its connections. */
  void dropDatabase(String name) throws SQLException;

  /**
   * Makes an empty database that nobody else uses.
   *
   * @param prefix how its name begins; lower-case letters and underscores make it the same on all
   *     servers
   */
  FreshDatabase freshDatabase(String prefix) throws SQLException;

  /** The directory of the server's data, log and state. */
  Path home();

  /** Process id of the server, also the last one when it is not running. */
  long pid();

  /** Whether the server's process is there. */
  boolean isRunning();

  /**
   * Starts a stopped or killed server on the same data and port and waits until it answers. Does
   * nothing when it is running.
   *
   * @throws EmbeddedServerException when it does not start; with the end of its log
   */
  void start();

  /** Stops the server in good order and keeps its data. Does nothing when it is not running. */
  void stop();

  /** Ends the server and all its processes with signal 9, as a crash would; data stays. */
  void kill();

  /**
   * Lets the server and its data outlive this handle and this JVM. {@link #attach} finds it again
   * by its {@link #home}. After this, {@link #close} does nothing.
   */
  void detach();

  /** Stops the server and deletes {@link #home}, wherever it is. */
  void destroy();

  /**
   * Ends the use of this handle: a temporary server is destroyed, a server with a home of its own
   * is stopped, a detached one goes on. May be called again.
   */
  @Override
  void close();

  /**
   * Finds the server whose state is kept in {@code home}, running or not. The handle is a detached
   * one: closing it changes nothing, {@link #stop}, {@link #start} and {@link #destroy} work.
   *
   * @return empty when no server was ever started there
   * @throws EmbeddedServerException when the state file can't be read
   */
  static Optional<EmbeddedServer> attach(Path home) {
    return Launcher.attach(home);
  }
}

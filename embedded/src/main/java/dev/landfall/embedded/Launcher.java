package dev.landfall.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Prepares a server's home and starts it there, or finds it again. */
final class Launcher {
  /** Somebody may take a free port before the server does; more often than this is no accident. */
  private static final int PORT_ATTEMPTS = 5;

  private Launcher() {}

  /**
   * Starts a new server, or one on the data that an earlier one left in the settings' home, then on
   * its port too if nobody took it.
   */
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
      distribution.prepare(home);
      for (int attempt = 1; ; attempt++) {
        int port = attempt == 1 && earlier.isPresent() ? earlier.get().port() : Ports.free();
        LocalServer server =
            new LocalServer(distribution, home, port, settings.arguments(), temporary);
        try {
          server.start();
          return server;
        } catch (EmbeddedServerException e) {
          boolean taken = String.valueOf(e.getMessage()).contains("Address already in use");
          if (!taken || attempt == PORT_ATTEMPTS) {
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

  /** See {@link EmbeddedServer#attach}. */
  static Optional<EmbeddedServer> attach(Path directory) {
    Path home = directory.toAbsolutePath().normalize();
    return ServerState.load(home).map(state -> LocalServer.detached(home, state));
  }

  private static void refuseRunning(Path home, Optional<ServerState> state) {
    if (state.flatMap(s -> ServerProcess.find(s.pid(), s.startedMillis())).isPresent()) {
      throw new EmbeddedServerException(
          "The server of %s runs already, as process %d on port %d. Attach to it instead."
              .formatted(home, state.get().pid(), state.get().port()));
    }
  }
}

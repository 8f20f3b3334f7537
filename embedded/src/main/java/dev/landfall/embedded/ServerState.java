package dev.landfall.embedded;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.IntStream;

/**
 * What another process must know to find a server again.
 *
 * @param kind see {@link Distribution#kind}
 * @param port the TCP port
 * @param pid the last process
 * @param startedMillis when that process started, since a process id comes back some day
 * @param arguments further arguments on the server's command line
 */
record ServerState(String kind, int port, long pid, long startedMillis, List<String> arguments) {
  private static final String FILE = "server.properties";
  private static final String ARGUMENT = "argument.";

  ServerState {
    arguments = List.copyOf(arguments);
  }

  /** The state kept in a server's home, if a server was ever started there. */
  static Optional<ServerState> load(Path home) {
    Path file = home.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
      return Optional.of(
          new ServerState(
              required(properties, "kind"),
              Integer.parseInt(required(properties, "port")),
              Long.parseLong(required(properties, "pid")),
              Long.parseLong(required(properties, "startedMillis")),
              IntStream.iterate(0, i -> properties.containsKey(ARGUMENT + i), i -> i + 1)
                  .mapToObj(i -> required(properties, ARGUMENT + i))
                  .toList()));
    } catch (IOException | IllegalArgumentException e) {
      throw new EmbeddedServerException(
          "Can't read the server's state in " + file + ": " + e.getMessage(), e);
    }
  }

  /** Replaces the state kept in a server's home in one step. */
  void save(Path home) {
    Properties properties = new Properties();
    properties.setProperty("kind", kind);
    properties.setProperty("port", Integer.toString(port));
    properties.setProperty("pid", Long.toString(pid));
    properties.setProperty("startedMillis", Long.toString(startedMillis));
    for (int i = 0; i < arguments.size(); i++) {
      properties.setProperty(ARGUMENT + i, arguments.get(i));
    }
    Path partial = home.resolve(FILE + ".partial");
    try {
      try (Writer writer = Files.newBufferedWriter(partial)) {
        properties.store(writer, "An embedded server of Landfall");
      }
      Files.move(partial, home.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new EmbeddedServerException("Can't keep the server's state in " + home + ": " + e, e);
    }
  }

  private static String required(Properties properties, String key) {
    String value = properties.getProperty(key);
    if (value == null) {
      throw new IllegalArgumentException(key + " is missing");
    }
    return value;
  }
}

package dev.landfall.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a server is started with.
 *
 * @param arguments added to the server's command line after Landfall's own, so they win: {@code
 *     --sql-mode=} for MySQL and MariaDB, {@code --work-mem=64MB} for PostgreSQL
 * @param home where the server keeps its data, log and state; kept when the server is closed. When
 *     empty, a temporary directory that is deleted.
 */
public record ServerSettings(List<String> arguments, Optional<Path> home) {
  public ServerSettings {
    arguments = List.copyOf(arguments);
    home = home.map(path -> path.toAbsolutePath().normalize());
  }

  /** No further arguments, temporary data. */
  public static ServerSettings defaults() {
    return new ServerSettings(List.of(), Optional.empty());
  }

  /** The same with these server arguments instead of any before. */
  public ServerSettings withArguments(String... newArguments) {
    return new ServerSettings(List.of(newArguments), home);
  }

  /** The same with data that outlives the server; see {@link EmbeddedServer#attach}. */
  public ServerSettings withHome(Path newHome) {
    return new ServerSettings(arguments, Optional.of(newHome));
  }
}

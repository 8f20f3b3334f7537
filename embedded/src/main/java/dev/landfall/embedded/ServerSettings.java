package dev.landfall.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a server is started with.
 *
 * @param arguments added to the server's command line after Landfall's own, so they win: {@code
 *     --sql-mode=} for MySQL and MariaDB, {@code --work-mem=64MB} for PostgreSQL
 * @param initializeArguments for making the data directory: {@code --lower-case-table-names=1} for
 *     MySQL and MariaDB (which want it in {@code arguments} too), {@code --locale=C} for
 *     PostgreSQL. Without any, the data directory is a copy of a prepared one, which is quicker.
 * @param home where the server keeps its data, log and state; kept when the server is closed. When
 *     empty, a temporary directory that is deleted.
 */
public record ServerSettings(
    List<String> arguments, List<String> initializeArguments, Optional<Path> home) {
  public ServerSettings {
    arguments = List.copyOf(arguments);
    initializeArguments = List.copyOf(initializeArguments);
    home = home.map(path -> path.toAbsolutePath().normalize());
  }

  /** No further arguments, temporary data. */
  public static ServerSettings defaults() {
    return new ServerSettings(List.of(), List.of(), Optional.empty());
  }

  /** The same with these server arguments instead of any before. */
  public ServerSettings withArguments(String... newArguments) {
    return new ServerSettings(List.of(newArguments), initializeArguments, home);
  }

  /** The same with these arguments for making the data directory instead of any before. */
  public ServerSettings withInitializeArguments(String... newArguments) {
    return new ServerSettings(arguments, List.of(newArguments), home);
  }

  /** The same with data that outlives the server; see {@link EmbeddedServer#attach}. */
  public ServerSettings withHome(Path newHome) {
    return new ServerSettings(arguments, initializeArguments, Optional.of(newHome));
  }
}

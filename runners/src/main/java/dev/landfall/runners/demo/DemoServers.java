package dev.landfall.runners.demo;

import dev.landfall.embedded.EmbeddedMariaDb;
import dev.landfall.embedded.EmbeddedMySql;
import dev.landfall.embedded.EmbeddedPostgres;
import dev.landfall.embedded.EmbeddedServer;
import dev.landfall.embedded.ServerSettings;
import dev.landfall.transforms.MigrationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The demo's two servers, which outlive the demo and are found again by the directory that they
 * live in.
 */
final class DemoServers {
  /** The shop's name on both sides. */
  static final String DATABASE = "shop";

  private final Path directory;

  private DemoServers(Path directory) {
    this.directory = directory;
  }

  /** Those in the user's cache directory. */
  static DemoServers ofUser() {
    String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    Path base =
        cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
    return in(base.resolve("landfall").resolve("demo"));
  }

  /** Those in that directory. */
  static DemoServers in(Path directory) {
    // A constant would be compiled in: this call tells whether the servers are on the class path.
    EmbeddedServer.attach(directory.resolve("target"));
    return new DemoServers(directory);
  }

  /** The spec of the shop's migration. */
  Path spec() {
    return directory.resolve("demo.yaml");
  }

  /** The source, if it was ever started. */
  Optional<EmbeddedServer> source() {
    return EmbeddedServer.attach(directory.resolve("source"));
  }

  /**
   * The target, running.
   *
   * @throws MigrationException when there is none
   */
  EmbeddedServer target() {
    return EmbeddedServer.attach(directory.resolve("target"))
        .filter(EmbeddedServer::isRunning)
        .orElseThrow(
            () ->
                new MigrationException(
                    MigrationException.Kind.USAGE,
                    "The demo's servers are not running. Start the demo first."));
  }

  /** Starts a source with that kind of server; it ends with this JVM until it is detached. */
  EmbeddedServer startSource(boolean mySql) {
    ServerSettings settings = ServerSettings.defaults().withHome(directory.resolve("source"));
    return mySql ? EmbeddedMySql.start(settings) : EmbeddedMariaDb.start(settings);
  }

  /** Starts a target; it ends with this JVM until it is detached. */
  EmbeddedServer startTarget() {
    return EmbeddedPostgres.start(ServerSettings.defaults().withHome(directory.resolve("target")));
  }

  /** Makes the directory, for nobody but this user: the spec in it holds passwords. */
  void prepare() {
    try {
      Files.createDirectories(directory.toAbsolutePath().getParent());
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new UncheckedIOException("Can't make the demo's directory " + directory, e);
    }
  }

  /** Makes the empty target database and writes the spec. */
  void writeSpec(EmbeddedServer source, EmbeddedServer target) throws SQLException, IOException {
    target.createDatabase(DATABASE);
    Files.writeString(
        spec(),
        """
        # The demo's migration. Your own needs no more than the two URLs.
        name: demo
        source:
          url: mysql://%s:%d/%s
          user: %s
          password: %s
        target:
          url: postgresql://%s:%d/%s
          user: %s
          password: %s
        """
            .formatted(
                source.host(),
                source.port(),
                DATABASE,
                source.user(),
                source.password(),
                target.host(),
                target.port(),
                DATABASE,
                target.user(),
                target.password()),
        StandardCharsets.UTF_8);
  }

  /** Stops both servers and deletes all that is in the directory. */
  void destroy() {
    source().ifPresent(EmbeddedServer::destroy);
    EmbeddedServer.attach(directory.resolve("target")).ifPresent(EmbeddedServer::destroy);
    if (!Files.exists(directory)) {
      return;
    }
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Can't delete the demo's directory " + directory, e);
    }
  }
}

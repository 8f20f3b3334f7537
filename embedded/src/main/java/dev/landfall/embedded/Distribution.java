package dev.landfall.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** One database product: where its programs come from and how they are called. */
abstract class Distribution {
  /** The folder that {@link #initialize} makes. */
  static final String DATA = "data";

  /** The distribution of that {@link #kind}. */
  static Distribution of(String kind) {
    return switch (kind) {
      case MySqlDistribution.KIND -> new MySqlDistribution();
      case NewestMySqlDistribution.KIND ->
          NewestMySqlDistribution.named()
              .orElseThrow(() -> new EmbeddedServerException(NewestMySqlDistribution.ABSENT));
      case MariaDbDistribution.KIND -> new MariaDbDistribution();
      case PostgresDistribution.KIND -> new PostgresDistribution();
      default -> throw new IllegalArgumentException("no server of kind " + kind);
    };
  }

  /** A short word for file names. */
  abstract String kind();

  /** The server's version, which names what is cached. */
  abstract String version();

  /** Unpacks the server's programs into an empty directory. */
  abstract void unpack(Path directory) throws IOException;

  /** Makes {@code directory/data}; other files there are of no use afterwards. */
  abstract void initialize(Path directory) throws IOException;

  /** The command that is the server in the foreground. */
  abstract List<String> command(Path data, int port);

  /** The signal on which the server ends in good order without waiting for its clients. */
  abstract String stopSignal();

  /** Removes what a crashed server left that would keep the next one from starting. */
  abstract void clearLocks(Path data) throws IOException;

  abstract String user();

  /** A database that is always there, or nothing where none is needed. */
  abstract String adminDatabase();

  abstract String jdbcUrl(int port, String database);

  /** A query for the server's data directory: proof that it is ours that answers. */
  abstract String dataDirectoryQuery();

  abstract String quote(String identifier);

  abstract String dropDatabase(String name);

  /** The directory of the unpacked programs. */
  Path software() {
    requirePlatform();
    return Cache.directory(kind() + "-" + version(), this::unpack);
  }

  /** Makes {@code home/data} unless it is there already. */
  final void prepare(Path home) throws IOException {
    Path data = home.resolve(DATA);
    if (Files.exists(data)) {
      return;
    }
    Path partial = home.resolve("partial");
    Directories.delete(partial);
    Files.createDirectory(partial);
    String name = kind() + "-" + version() + "-data-" + templateRevision();
    software();
    Path template = Cache.directory(name, this::initialize);
    Directories.copy(template.resolve(DATA), partial.resolve(DATA), home.resolve("copy.log"));
    Files.move(partial.resolve(DATA), data);
    Directories.delete(partial);
  }

  /** Changed by hand when {@link #initialize} makes something else than before. */
  abstract String templateRevision();

  private static void requirePlatform() {
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (!system.toLowerCase(Locale.ROOT).equals("linux amd64")) {
      throw new EmbeddedServerException(
          "The embedded servers are programs for Linux on x86-64 (amd64); this machine is "
              + system
              + ". Use a Linux machine or container, or databases of your own.");
    }
  }
}

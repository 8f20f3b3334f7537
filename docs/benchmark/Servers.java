import dev.landfall.embedded.EmbeddedMariaDb;
import dev.landfall.embedded.EmbeddedMySql;
import dev.landfall.embedded.EmbeddedPostgres;
import dev.landfall.embedded.EmbeddedServer;
import dev.landfall.embedded.ServerSettings;
import java.nio.file.Path;
import java.util.Arrays;

/** The scratch servers: those of the demo and the tests, with what a benchmark needs beyond. */
class Servers {
  private static final String[] SOURCE = {
    "--innodb-buffer-pool-size=2G", "--innodb-flush-method=fsync", "--performance-schema=ON"
  };

  private static final String[] TARGET = {
    "--shared_buffers=2GB", "--max_wal_size=8GB", "--synchronous_commit=off", "--fsync=on"
  };

  /**
   * {@code up mysql|mariadb|postgres DIRECTORY [ARGUMENT...]} starts a server, or the one that was
   * there before, and prints its URL; {@code down DIRECTORY} stops it and keeps its data.
   */
  public static void main(String[] words) {
    if (words[0].equals("down")) {
      EmbeddedServer.attach(Path.of(words[1])).ifPresent(EmbeddedServer::stop);
      return;
    }
    Path home = Path.of(words[2]);
    String[] further = Arrays.copyOfRange(words, 3, words.length);
    EmbeddedServer server =
        EmbeddedServer.attach(home).orElseGet(() -> start(words[1], home, further));
    server.start();
    server.detach();
    System.out.printf(
        "%s://%s:%s@%s:%d%n",
        words[1].equals("postgres") ? "postgresql" : "mysql",
        server.user(),
        server.password(),
        server.host(),
        server.port());
  }

  private static EmbeddedServer start(String kind, Path home, String... further) {
    ServerSettings settings = ServerSettings.defaults().withHome(home);
    return switch (kind) {
      case "mysql" -> {
        EmbeddedMySql.missing().ifPresent(Servers::fail);
        yield EmbeddedMySql.start(settings.withArguments(join(SOURCE, further)));
      }
      case "mariadb" -> EmbeddedMariaDb.start(settings.withArguments(join(SOURCE, further)));
      case "postgres" -> EmbeddedPostgres.start(settings.withArguments(join(TARGET, further)));
      default -> throw new IllegalArgumentException("no server of kind " + kind);
    };
  }

  private static String[] join(String[] one, String[] two) {
    String[] both = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    return both;
  }

  private static void fail(String reason) {
    System.err.println(reason);
    System.exit(1);
  }
}

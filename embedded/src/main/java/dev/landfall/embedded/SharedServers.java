package dev.landfall.embedded;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One server of each kind for all tests of a JVM, started when first asked for and destroyed when
 * the JVM ends. A test takes a database of its own with {@link EmbeddedServer#freshDatabase} and
 * never stops a shared server: outages want a server of their own.
 */
public final class SharedServers {
  private static final Shared MYSQL = new Shared(EmbeddedMySql::start);
  private static final Shared NEWEST_MYSQL = new Shared(EmbeddedNewestMySql::start);
  private static final Shared MARIADB = new Shared(EmbeddedMariaDb::start);
  private static final Shared POSTGRES = new Shared(EmbeddedPostgres::start);

  private SharedServers() {}

  /** MySQL 8.0; ask {@link EmbeddedMySql#missing} first whether this machine can run it. */
  public static EmbeddedServer mysql() {
    return MYSQL.get();
  }

  /** A MySQL newer than 9; ask {@link EmbeddedNewestMySql#missing} first whether it is there. */
  public static EmbeddedServer newestMysql() {
    return NEWEST_MYSQL.get();
  }

  /** MariaDB 11.4. */
  public static EmbeddedServer mariadb() {
    return MARIADB.get();
  }

  /** PostgreSQL 17. */
  public static EmbeddedServer postgres() {
    return POSTGRES.get();
  }

  private static final class Shared {
    private final Supplier<EmbeddedServer> starter;
    private @Nullable EmbeddedServer server;

    Shared(Supplier<EmbeddedServer> starter) {
      this.starter = starter;
    }

    synchronized EmbeddedServer get() {
      if (server == null) {
        EmbeddedServer started = starter.get();
        Runtime.getRuntime().addShutdownHook(new Thread(started::close, "stop-shared-server"));
        server = started;
      }
      return server;
    }
  }
}

package dev.landfall.runners;

import dev.landfall.embedded.EmbeddedMySql;
import dev.landfall.embedded.EmbeddedServer;
import dev.landfall.embedded.SharedServers;
import org.junit.jupiter.api.Assumptions;

/** The kinds of servers that are moved from. */
enum SourceServer {
  MYSQL,
  MARIADB;

  /** The shared server; the test is skipped where this machine can't run it. */
  EmbeddedServer get() {
    return switch (this) {
      case MARIADB -> SharedServers.mariadb();
      case MYSQL -> {
        String missing = EmbeddedMySql.missing().orElse("");
        Assumptions.assumeTrue(missing.isEmpty(), missing);
        yield SharedServers.mysql();
      }
    };
  }
}

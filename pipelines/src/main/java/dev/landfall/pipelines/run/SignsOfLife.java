package dev.landfall.pipelines.run;

import dev.landfall.transforms.sql.HolderSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Whether whoever runs a migration still does anything in its target. A process that is frozen, or
 * a host that is cut off, does not, though its sessions are there. As long as it asks the server
 * for nothing, nothing of it is cut short by ending its sessions: what it has in hand it finds
 * rolled back, or commits.
 */
final class SignsOfLife {
  /** As long as a chunk's claim is left to a session that does nothing. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Connection connection;
  private final String migration;
  private String seen = "";
  private long since = System.nanoTime();

  SignsOfLife(Connection connection, String migration) {
    this.connection = connection;
    this.migration = migration;
  }

  /** Whether there was none for that long. */
  boolean none() throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(HolderSql.SIGNS_OF_LIFE)) {
      select.setString(1, migration);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        String now = row.getString(2);
        if (row.getBoolean(1) || !now.equals(seen)) {
          seen = now;
          since = System.nanoTime();
        }
      }
      return System.nanoTime() - since > PATIENCE.toNanos();
    }
  }
}

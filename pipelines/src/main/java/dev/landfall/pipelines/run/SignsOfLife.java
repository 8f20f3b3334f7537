package dev.landfall.pipelines.run;

import dev.landfall.transforms.ledger.ActivityLock;
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

  private final ActivityLock lock;
  private String seen = "";
  private long since = System.nanoTime();

  /** Of whoever has that lock. */
  SignsOfLife(ActivityLock lock) {
    this.lock = lock;
  }

  /** Whether there was none for that long. */
  boolean none() throws SQLException {
    ActivityLock.Signs now = lock.signsOfLife();
    if (now.working() || !now.last().equals(seen)) {
      seen = now.last();
      since = System.nanoTime();
    }
    return System.nanoTime() - since > PATIENCE.toNanos();
  }
}

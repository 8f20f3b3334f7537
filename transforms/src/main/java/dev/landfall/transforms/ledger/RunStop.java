package dev.landfall.transforms.ledger;

import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.jdbc.Query;
import dev.landfall.transforms.model.StopSignal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The wish to stop, which travels through the ledger, so that it reaches workers wherever they are:
 * those too that outlive their run.
 */
public final class RunStop implements StopSignal {
  private static final long serialVersionUID = 1L;

  /** The reason when there are more rejects than the spec allows. */
  public static final String REJECTS = "REJECTS";

  /** The reason when the user asked for it. */
  public static final String USER = "USER";

  /**
   * The reason when the run has ended: another one has begun since, or it was forgotten. Comes
   * before all other reasons.
   */
  public static final String ENDED = "ENDED";

  /** How long an answer is good for: a chunk takes about as long. */
  private static final long REMEMBERED = TimeUnit.MILLISECONDS.toNanos(100);

  private final MigrationKey migration;
  private transient long asked;
  private transient boolean stop;

  /** The signal of that run. */
  public RunStop(MigrationKey migration) {
    this.migration = migration;
  }

  @Override
  public synchronized boolean stopRequested() {
    long now = System.nanoTime();
    if (!stop && (asked == 0 || now - asked > REMEMBERED)) {
      stop = reason().isPresent();
      asked = now;
    }
    return stop;
  }

  /**
   * Why the run shall stop. A ledger that can't be asked does not stop anybody: the load will meet
   * the same trouble and deal with it.
   */
  private Optional<String> reason() {
    try (Connection connection =
        Pools.impatient(migration.target(), Pools.Use.GENERAL).getConnection()) {
      return reason(connection, migration.run());
    } catch (SQLException e) {
      return Optional.empty();
    }
  }

  /** Why the run shall stop, empty when it shall not. */
  public static Optional<String> reason(Connection connection, long run) throws SQLException {
    return Query.of(
            connection,
            """
            SELECT CASE WHEN ended IS NULL THEN coalesce(stop_requested, '') ELSE 'ENDED' END
              AS reason
            FROM landfall.run WHERE id = :run
            """)
        .bind("run", run)
        .one(row -> row.text("reason"))
        .or(() -> Optional.of(ENDED))
        .filter(reason -> !reason.isEmpty());
  }

  /** Asks the run to stop after the chunks in hand; the first reason stays. */
  public static void request(Connection connection, long run, String reason) throws SQLException {
    Query.of(
            connection,
            """
            UPDATE landfall.run SET stop_requested = coalesce(stop_requested, :reason)
            WHERE id = :run
            """)
        .bind("reason", reason)
        .bind("run", run)
        .update();
  }
}

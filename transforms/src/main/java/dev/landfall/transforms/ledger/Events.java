package dev.landfall.transforms.ledger;

import dev.landfall.transforms.jdbc.Query;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a migration's events. One is written in the transaction of what it tells, as its last
 * statement, so that there is neither without the other; whoever acts on events (displays, the
 * webhook) reads them from here and finds them after a crash too.
 *
 * <p>A reader may follow a migration's events by their id: whoever adds one waits for the
 * transaction that added the one before, so that none becomes visible behind one with a greater id.
 */
public final class Events {
  /** The turn is taken before the row has its id. */
  private static final String ADD =
      """
      WITH turn AS MATERIALIZED (
        SELECT pg_advisory_xact_lock(hashtextextended('landfall event:' || :name, 0)))
      INSERT INTO landfall.event (migration, run, kind, facts, text)
      SELECT m.name, :run, :kind, CAST(:facts AS jsonb), :text
      FROM turn, landfall.migration m WHERE m.name = :name
      """;

  private Events() {}

  /**
   * Adds one; nothing of a migration that has not begun.
   *
   * @param run null for what belongs to none
   */
  public static void add(Connection connection, String migration, @Nullable Long run, Event event)
      throws SQLException {
    Query.of(connection, ADD)
        .bind("name", migration)
        .bind("run", run)
        .bind("kind", event.kind().name())
        .bind("facts", JsonKeys.json(event.facts()))
        .bind("text", event.text())
        .update();
  }
}

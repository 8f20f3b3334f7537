package dev.landfall.transforms.ledger;

import dev.landfall.transforms.jdbc.Query;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * What the sessions do that are called as the one that has a migration's lock, so those of whoever
 * runs it and of nobody who looks on.
 *
 * @param working whether the server is at work for one of them, or has one wait for a lock
 * @param last a text that changes with every statement of any of them
 */
public record HolderSigns(boolean working, String last) {
  private static final String READ =
      """
      SELECT coalesce(bool_or(state = 'active' AND wait_event_type IS DISTINCT FROM 'Client'), false)
          AS working,
        count(*) || ' ' || coalesce(max(greatest(query_start, state_change))::text, '') AS last
      FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND application_name IN (
          SELECT h.application_name FROM pg_stat_activity h WHERE h.pid IN (SELECT l.pid\s"""
          + RunStatements.LOCK
          + "))";

  /** Looks, over any connection to the target. */
  public static HolderSigns of(Connection connection, String migration) throws SQLException {
    return Query.of(connection, READ)
        .bind("name", migration)
        .one(row -> new HolderSigns(row.isTrue("working"), row.text("last")))
        .orElseThrow();
  }
}

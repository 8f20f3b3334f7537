package dev.landfall.transforms.sql;

/** Who holds a chunk's claim, and how to take it away. */
public final class ClaimSql {
  private ClaimSql() {}

  /**
   * The session that holds a chunk's row: process, who and whence, since when, whether it waits for
   * its client, whether it is in the middle of a statement, and a text that changes with everything
   * it does. No row when nobody holds it. What is not shown to this role is NULL. Parameters: name,
   * table position, number.
   *
   * <p>Whoever locks a row is its {@code xmax}, also before the commit, and holds a lock on its own
   * transaction. That number may be one of a list of transactions instead; so the session has to be
   * one that is at the table.
   *
   * @param shown whether the server shows how far a COPY is (PostgreSQL 14)
   */
  public static String holder(boolean shown) {
    return """
        SELECT l.pid, a.usename, host(a.client_addr),
               to_char(a.xact_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS UTC') AS since,
               CASE WHEN a.backend_start IS NOT NULL
                    THEN a.wait_event_type IS NOT DISTINCT FROM 'Client' END AS waits,
               a.state = 'active' AS in_statement,
               concat_ws(' ', l.pid, l.transactionid, a.backend_start, a.query_start,
                         a.state_change%s) AS sign
        FROM landfall.chunk c
        JOIN pg_locks l ON l.locktype = 'transactionid' AND l.transactionid = c.xmax AND l.granted
                       AND l.mode = 'ExclusiveLock'
        LEFT JOIN pg_stat_activity a ON a.pid = l.pid
        %s
        WHERE c.migration = ? AND c.plan = 'LOAD' AND c.table_position = ? AND c.number = ?
          AND EXISTS (
            SELECT FROM pg_locks t
            WHERE t.virtualtransaction = l.virtualtransaction AND t.locktype = 'relation'
              AND t.relation = 'landfall.chunk'::regclass
              AND t.database = (SELECT oid FROM pg_database WHERE datname = current_database()))
        """
        .formatted(
            shown ? ", p.bytes_processed, p.tuples_processed" : "",
            shown ? "LEFT JOIN pg_stat_progress_copy p ON p.pid = l.pid" : "");
  }

  /**
   * Ends the session that holds a chunk's row: no row when it is not the one that is meant, has
   * done something since, or is not shown to this role; else whether it was told. Parameters: name,
   * table position, number, the text that its last act changed.
   *
   * @param shown as for {@link #holder}
   */
  public static String endHolder(boolean shown) {
    return "SELECT pg_terminate_backend(pid) FROM ("
        + holder(shown)
        + ") held WHERE sign = ? AND waits";
  }
}

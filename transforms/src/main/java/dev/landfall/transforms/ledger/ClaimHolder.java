package dev.landfall.transforms.ledger;

import dev.landfall.transforms.jdbc.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The target's session that holds a chunk's claim, as it was at one look.
 *
 * @param who the session, for a message
 * @param working whether the server itself is at work for it; false where that can't be seen
 * @param silent whether it may be getting on with a statement though no look can show it
 * @param sign a text that changes with everything that the session does
 */
public record ClaimHolder(String who, boolean working, boolean silent, String sign) {
  /** The first version that shows how far a COPY is, in pg_stat_progress_copy. */
  private static final int SHOWS_COPY = 14;

  /**
   * Who holds the chunk now, empty when nobody does, or nobody who can be found: a prepared
   * transaction has no session. Over a connection that commits each statement: within one
   * transaction PostgreSQL shows the sessions as they were at its first look.
   */
  public static Optional<ClaimHolder> of(
      Connection connection, MigrationKey migration, int table, long number) throws SQLException {
    boolean shown = showsCopy(connection);
    return query(connection, holder(shown), migration, table, number)
        .one(
            row -> {
              String pid = row.textOrNull("pid");
              return pid == null
                  ? Optional.<ClaimHolder>empty()
                  : Optional.of(
                      new ClaimHolder(
                          who(
                              pid,
                              row.textOrNull("usename"),
                              row.textOrNull("host"),
                              row.textOrNull("since")),
                          "f".equals(row.textOrNull("waits")),
                          !shown && "t".equals(row.textOrNull("in_statement")),
                          row.text("sign")));
            })
        .flatMap(holder -> holder);
  }

  /**
   * Ends the session, unless it has done anything since the look, has let go of the chunk, or is
   * not shown to this role, so that nobody knows what it does.
   *
   * @return whether the server was told to end it, which it does a moment later
   * @throws SQLException SQLState 42501 when the session is another role's
   */
  public boolean end(Connection connection, MigrationKey migration, int table, long number)
      throws SQLException {
    String sql =
        "SELECT pg_terminate_backend(pid) AS told FROM ("
            + holder(showsCopy(connection))
            + ") held WHERE sign = :sign AND waits";
    return query(connection, sql, migration, table, number)
        .bind("sign", sign)
        .one(row -> row.isTrue("told"))
        .orElse(false);
  }

  private static Query query(
      Connection connection, String sql, MigrationKey migration, int table, long number) {
    return Query.of(connection, sql)
        .bind("name", migration.name())
        .bind("table", table)
        .bind("number", number);
  }

  /**
   * The session that holds a chunk's row: process, who and whence, since when, whether it waits for
   * its client, whether it is in the middle of a statement, and a text that changes with everything
   * it does. No row when nobody holds it. What is not shown to this role is NULL.
   *
   * <p>Whoever locks a row is its {@code xmax}, also before the commit, and holds a lock on its own
   * transaction. That number may be one of a list of transactions instead; so the session has to be
   * one that is at the table.
   */
  private static String holder(boolean shown) {
    return """
        SELECT l.pid, a.usename, host(a.client_addr) AS host,
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
        WHERE c.migration = :name AND c.plan = 'LOAD' AND c.table_position = :table
          AND c.number = :number
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

  private static boolean showsCopy(Connection connection) throws SQLException {
    return connection.getMetaData().getDatabaseMajorVersion() >= SHOWS_COPY;
  }

  private static String who(
      String pid, @Nullable String user, @Nullable String host, @Nullable String since) {
    return "session "
        + pid
        + (user == null ? "" : " of " + user)
        + (host == null ? "" : " from " + host)
        + (since == null ? "" : ", since " + since);
  }
}

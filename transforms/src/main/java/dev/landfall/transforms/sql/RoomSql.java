package dev.landfall.transforms.sql;

/**
 * Asks a server how many connections it has left. One row: how many it allows, how many are taken.
 */
public final class RoomSql {
  private RoomSql() {}

  /** Of MySQL and MariaDB: the server's bound, and the account's where it has one. */
  public static final String MYSQL_BOUNDS =
      "SELECT @@global.max_connections, @@session.max_user_connections";

  /** Of MySQL and MariaDB: name and value. Not from performance_schema, which may be off. */
  public static final String MYSQL_USED = "SHOW GLOBAL STATUS LIKE 'Threads_connected'";

  /**
   * Of PostgreSQL, without what is reserved for administrators: the least of what the server, the
   * database and the role allow, and how many sessions the server or, where its bound is the nearer
   * one, the database has. Their number is everybody's to see, unlike the sessions.
   */
  public static final String POSTGRESQL =
      """
      SELECT most, used FROM (
        SELECT current_setting('max_connections')::int
            - current_setting('superuser_reserved_connections')::int
            - coalesce(current_setting('reserved_connections', true)::int, 0) AS most,
          (SELECT coalesce(sum(numbackends), 0) FROM pg_stat_database) AS used
        UNION ALL
        SELECT d.datconnlimit, s.numbackends
        FROM pg_database d JOIN pg_stat_database s ON s.datid = d.oid
        WHERE d.datname = current_database() AND d.datconnlimit >= 0
        UNION ALL
        SELECT rolconnlimit, 0 FROM pg_roles WHERE rolname = current_user AND rolconnlimit >= 0
      ) bound
      ORDER BY most - used
      LIMIT 1""";
}

package dev.landfall.transforms.ledger;

import dev.landfall.transforms.jdbc.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/**
 * The right to be at work on a migration, kept by advisory locks of the target for as long as a
 * session lives. Each activity has one lock. Whoever begins an activity takes its own lock for
 * itself, and shares those of all activities that exclude it; so it does not begin beside one of
 * them, and none of them begins beside it.
 *
 * <p>The locks are taken by one statement, all or none of them, one statement after the other: it
 * passes a gate that is shut behind it until it is over. Nobody waits for a lock, but for the gate,
 * and whoever has that waits for nothing; so there is no deadlock. Of some that exclude each other
 * and try at the same time one gets its locks, and no lock that is given back at once is in
 * anybody's way. Works on the connection that it is given, which commits each statement.
 */
public final class ActivityLock {
  private static final String KEY = "hashtextextended('landfall:' || :name || ' ' || word, 0)";

  private static final String TRY =
      """
      WITH gate AS MATERIALIZED (
        SELECT pg_advisory_xact_lock(hashtextextended('landfall gate:' || :name, 0))),
      wanted AS MATERIALIZED (
        SELECT KEY AS key, word = ANY (CAST(:own AS text[])) AS own
        FROM unnest(CAST(:words AS text[])) word),
      taken AS MATERIALIZED (
        SELECT key, own, CASE WHEN own THEN pg_try_advisory_lock(key)
                              ELSE pg_try_advisory_lock_shared(key) END AS got
        FROM wanted, gate),
      given_back AS MATERIALIZED (
        SELECT CASE WHEN own THEN pg_advisory_unlock(key)
                    ELSE pg_advisory_unlock_shared(key) END AS done
        FROM taken WHERE got AND NOT (SELECT bool_and(got) FROM taken))
      SELECT bool_and(got), (SELECT count(done) FROM given_back) FROM taken
      """
          .replace("KEY", KEY);

  private static final String UNLOCK =
      "SELECT bool_and(CASE WHEN own THEN pg_advisory_unlock(key) ELSE pg_advisory_unlock_shared(key)"
          + " END) FROM (SELECT "
          + KEY
          + " AS key, word = ANY (CAST(:own AS text[])) AS own"
          + " FROM unnest(CAST(:words AS text[])) word) l";

  private static final String HOLDERS = holders("unnest(CAST(:words AS text[])) word");

  private static final String TAKEN = "SELECT EXISTS (SELECT 1" + HOLDERS + ")";

  private static final String END = "SELECT pg_terminate_backend(l.pid)" + HOLDERS;

  private static final String HOLDER =
      RunStatements.HOLDER
          + "ended IS NULL AND activity = ANY (CAST(:words AS text[])) ORDER BY id DESC LIMIT 1";

  /**
   * What the sessions do that are called as one that has a lock, so those of whoever runs the
   * migration and of nobody who looks on.
   */
  private static final String SIGNS_OF_LIFE =
      """
      SELECT
        coalesce(bool_or(state = 'active' AND wait_event_type IS DISTINCT FROM 'Client'), false)
          AS working,
        count(*) || ' ' || coalesce(max(greatest(query_start, state_change))::text, '') AS last
      FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND application_name IN (
          SELECT h.application_name FROM pg_stat_activity h WHERE h.pid IN (SELECT l.pid"""
          + HOLDERS
          + "))";

  /**
   * Sessions that have a lock for themselves.
   *
   * @param words a table of activities, by name in its only column, which is called for one
   */
  static String holders(String words) {
    return " FROM pg_locks l WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted"
        + " AND l.mode = 'ExclusiveLock'"
        + " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        + " AND (l.classid::bigint << 32 | l.objid::bigint) IN (SELECT "
        + KEY
        + " FROM "
        + words
        + ")";
  }

  private final Connection connection;
  private final String name;
  private final List<String> own;
  private final List<String> words;

  /**
   * @param own what is wanted for itself
   * @param words what is wanted, those too that others may share
   */
  ActivityLock(Connection connection, String name, List<String> own, List<String> words) {
    this.connection = connection;
    this.name = name;
    this.own = own;
    this.words = words;
  }

  /** The right to an activity. */
  public static ActivityLock of(Connection connection, String name, Activity activity) {
    return new ActivityLock(
        connection,
        name,
        List.of(activity.name()),
        activity.excluding().stream().map(Activity::name).toList());
  }

  /** The right to what nothing may go on beside. */
  public static ActivityLock ofAll(Connection connection, String name) {
    List<String> all = Arrays.stream(Activity.values()).map(Activity::name).toList();
    return new ActivityLock(connection, name, all, all);
  }

  /** Takes it for as long as this connection lives; false when somebody is in the way. */
  public boolean tryLock() throws SQLException {
    return query(TRY).bind("own", "text", own).isTrue();
  }

  /**
   * Gives it back. A server takes its time to end a session that was closed, and nobody who comes
   * next should find it.
   */
  public void unlock() throws SQLException {
    query(UNLOCK).bind("own", "text", own).isTrue();
  }

  /** Whether some session is in the way. */
  public boolean isTaken() throws SQLException {
    return query(TAKEN).isTrue();
  }

  /** Ends the sessions that are in the way, for a holder that is known to be gone. */
  public void endHolders() throws SQLException {
    query(END).exists();
  }

  /** Who is in the way and since when, as the ledger has it. */
  public String holder() throws SQLException {
    return query(HOLDER).one(row -> row.text("holder")).orElse("another session");
  }

  /**
   * Signs of life of those that are in the way.
   *
   * @param working whether the server is at work for one of them, or has one wait for a lock
   * @param last a text that changes with every statement of any of them
   */
  public record Signs(boolean working, String last) {}

  /** Their signs of life at this moment. */
  public Signs signsOfLife() throws SQLException {
    return query(SIGNS_OF_LIFE)
        .one(row -> new Signs(row.isTrue("working"), row.text("last")))
        .orElseThrow();
  }

  private Query query(String sql) {
    return Query.of(connection, sql).bind("name", name).bind("words", "text", words);
  }
}

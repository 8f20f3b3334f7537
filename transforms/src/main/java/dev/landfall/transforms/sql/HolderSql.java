package dev.landfall.transforms.sql;

/** Looks at who holds a migration, from outside. */
public final class HolderSql {
  private HolderSql() {}

  /**
   * What the sessions do that are called as the one that has the migration's lock, so those of
   * whoever runs it and of nobody who looks on: whether the server is at work for one of them, or
   * has one wait for a lock; and a text that changes with every statement of any of them.
   * Parameter: name.
   */
  public static final String SIGNS_OF_LIFE =
      """
      SELECT coalesce(bool_or(state = 'active' AND wait_event_type IS DISTINCT FROM 'Client'), false),
        count(*) || ' ' || coalesce(max(greatest(query_start, state_change))::text, '')
      FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND application_name IN (
          SELECT h.application_name FROM pg_stat_activity h WHERE h.pid IN (SELECT l.pid"""
          + LedgerSql.LOCK_OF
          + "))";
}

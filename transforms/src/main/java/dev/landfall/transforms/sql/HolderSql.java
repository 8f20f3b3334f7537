package dev.landfall.transforms.sql;

/** Looks at who holds a migration, from outside. */
public final class HolderSql {
  private HolderSql() {}

  /**
   * What Landfall's sessions in this database do, besides the one that asks: whether the server is
   * at work for one of them, or has one wait for a lock; and a text that changes with every
   * statement of any of them.
   */
  public static final String SIGNS_OF_LIFE =
      """
      SELECT coalesce(bool_or(state = 'active' AND wait_event_type IS DISTINCT FROM 'Client'), false),
        count(*) || ' ' || coalesce(max(greatest(query_start, state_change))::text, '')
      FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'landfall'
        AND pid <> pg_backend_pid()""";
}

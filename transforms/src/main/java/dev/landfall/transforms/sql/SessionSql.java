package dev.landfall.transforms.sql;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Sets variables of sessions, and reads them back. */
public final class SessionSql {
  private SessionSql() {}

  /** On MariaDB, alone and first: as short as a microsecond, no question would be answered. */
  public static final String WITHOUT_END_ON_MARIADB = "SET SESSION max_statement_time = 0";

  /** On PostgreSQL, first: as short as a millisecond, it would end what comes next. */
  public static final String WITHOUT_END = "SET statement_timeout = 0";

  /**
   * A target that has answered a worker whose host is gone sends its answer again for a quarter of
   * an hour, with the chunk claimed; no keepalive is sent in that time. Not for reading: it would
   * also end a session whose client takes its time over what was sent. PostgreSQL 12 and newer know
   * it.
   */
  public static final String OF_LOAD =
      "SET synchronous_commit = off; SELECT set_config(name, '60s', false) FROM pg_settings"
          + " WHERE name = 'tcp_user_timeout'";

  /**
   * What the user has, since triggers and checks of the user's own may need it, and the types and
   * functions of extensions wherever those are. What is PostgreSQL's own comes before both, unless
   * a path names its schema later: then somebody's table or function could be taken for it.
   */
  private static final String SEARCH_PATH =
      "(SELECT pg_catalog.concat_ws(', ',"
          + " CASE WHEN pg_catalog.strpos(s.reset_val, 'pg_catalog') OPERATOR(pg_catalog.>) 0"
          + " THEN 'pg_catalog' END, NULLIF(s.reset_val, ''),"
          + " (SELECT pg_catalog.string_agg(DISTINCT pg_catalog.quote_ident(n.nspname), ', ')"
          + " FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n"
          + " ON n.oid OPERATOR(pg_catalog.=) e.extnamespace"
          + " WHERE n.nspname OPERATOR(pg_catalog.<>) 'pg_catalog'))"
          + " FROM pg_catalog.pg_settings s WHERE s.name OPERATOR(pg_catalog.=) 'search_path')";

  /** Sets variables of the source, {@code SESSION a=1, SESSION b=2}. */
  public static String ofSource(String assignments) {
    return "SET " + assignments;
  }

  /** Name and value of each of those variables that the source knows. */
  public static String shownBySource(Collection<String> names) {
    return names.stream()
        .map(name -> "'" + name + "'")
        .collect(Collectors.joining(", ", "SHOW SESSION VARIABLES WHERE Variable_name IN (", ")"));
  }

  /** Sets those of the target that it knows, the values by names, and its path. */
  public static String ofTarget(Map<String, String> values) {
    return "SELECT pg_catalog.set_config('search_path', "
        + SEARCH_PATH
        + ", false), (SELECT pg_catalog.count(pg_catalog.set_config(v.name, v.value, false)) FROM "
        + table(values)
        + " WHERE pg_catalog.current_setting(v.name, true) IS NOT NULL)";
  }

  /** Name and value of each of them, and of one that each server knows. */
  public static String shownByTarget(Map<String, String> values, String known) {
    return "SELECT v.name, pg_catalog.current_setting(v.name, true) FROM "
        + table(values)
        + " UNION ALL SELECT '"
        + known
        + "', pg_catalog.current_setting('"
        + known
        + "')";
  }

  /** Sets one of the target. */
  public static String ofTarget(String name, String value) {
    return "SET " + name + " = '" + value + "'";
  }

  private static String table(Map<String, String> values) {
    return values.entrySet().stream()
        .map(s -> "('" + s.getKey() + "', '" + s.getValue() + "')")
        .collect(Collectors.joining(", ", "(VALUES ", ") AS v (name, value)"));
  }
}

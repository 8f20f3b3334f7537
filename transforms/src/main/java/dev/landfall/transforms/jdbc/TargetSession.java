package dev.landfall.transforms.jdbc;

import dev.landfall.transforms.jdbc.ConnectionSettings.Product;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Every setting of PostgreSQL's sessions that can change what a statement of Landfall's returns, or
 * whether it ends: what {@code pg_dump} sets, and what was found besides in the manual's chapter
 * "Server Configuration". Whoever adds a version of PostgreSQL looks its new ones through.
 *
 * <p>They are set by statement: the driver sends the JVM's time zone as a start-up parameter, which
 * wins over any given in {@code options}, and poolers refuse those.
 */
final class TargetSession {
  private static final List<SessionSetting> ALL =
      List.of(
          // Whether a statement, a wait, a transaction or a session ends. One is open while a slow
          // source is read.
          SessionSetting.of("statement_timeout", "0"),
          SessionSetting.of("lock_timeout", "0"),
          SessionSetting.of("idle_in_transaction_session_timeout", "0"),
          SessionSetting.of("idle_session_timeout", "0"),
          SessionSetting.of("transaction_timeout", "0"),
          SessionSetting.of("exit_on_error", "off"),
          // With these the server sees after a minute, instead of the two hours of most systems,
          // that a client's host is gone, and with it what its session held: the migration's lock,
          // a chunk.
          SessionSetting.of("tcp_keepalives_idle", "30"),
          SessionSetting.of("tcp_keepalives_interval", "10"),
          SessionSetting.of("tcp_keepalives_count", "3"),
          // What a transaction sees and may do.
          SessionSetting.of("default_transaction_read_only", "off"),
          SessionSetting.of("default_transaction_isolation", "read committed"),
          SessionSetting.of("default_transaction_deferrable", "off"),
          // Which rows: an error in place of those that a policy hides, and of a limit of an index.
          SessionSetting.of("row_security", "off"),
          SessionSetting.of("gin_fuzzy_search_limit", "0"),
          SessionSetting.of("synchronize_seqscans", "off"),
          // What is read and written: texts, times, bytes, numbers.
          SessionSetting.of("client_encoding", "UTF8"),
          SessionSetting.of("standard_conforming_strings", "on"),
          SessionSetting.of("backslash_quote", "safe_encoding"),
          SessionSetting.of("escape_string_warning", "off"),
          SessionSetting.of("TimeZone", "UTC"),
          SessionSetting.of("timezone_abbreviations", "Default"),
          SessionSetting.of("DateStyle", "ISO, YMD"),
          SessionSetting.of("IntervalStyle", "postgres"),
          SessionSetting.of("bytea_output", "hex"),
          SessionSetting.of("extra_float_digits", "1"),
          SessionSetting.of("array_nulls", "on"),
          SessionSetting.of("xmloption", "content"),
          SessionSetting.of("transform_null_equals", "off"),
          SessionSetting.of("quote_all_identifiers", "off"),
          SessionSetting.of("check_function_bodies", "on"),
          SessionSetting.of("restrict_nonsystem_relation_kind", ""),
          SessionSetting.of("client_min_messages", "warning"));

  /** Rules, triggers and foreign keys work in no other. Only some roles may set it. */
  private static final SessionSetting ROLE =
      SessionSetting.of("session_replication_role", "origin");

  private static final String VALUES =
      ALL.stream()
          .map(s -> "('" + s.name() + "', '" + s.value() + "')")
          .collect(Collectors.joining(", ", "(VALUES ", ") AS v (name, value)"));

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

  private static final String SET =
      "SELECT pg_catalog.set_config('search_path', "
          + SEARCH_PATH
          + ", false), (SELECT pg_catalog.count(pg_catalog.set_config(v.name, v.value, false)) FROM "
          + VALUES
          + " WHERE pg_catalog.current_setting(v.name, true) IS NOT NULL)";

  private static final String READ =
      "SELECT v.name, pg_catalog.current_setting(v.name, true) FROM "
          + VALUES
          + " UNION ALL SELECT '"
          + ROLE.name()
          + "', pg_catalog.current_setting('"
          + ROLE.name()
          + "')";

  private TargetSession() {}

  /**
   * Sets all that the server knows, and reads it back.
   *
   * @throws dev.landfall.transforms.MigrationException where the server does not keep a value
   */
  static void prepare(Connection connection, ConnectionSettings settings) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // Alone and first: as short as a millisecond, it would end what comes next.
      statement.execute("SET statement_timeout = 0");
      statement.execute(SET);
      try (ResultSet rows = statement.executeQuery(READ)) {
        while (rows.next()) {
          String name = rows.getString(1);
          String value = rows.getString(2);
          SessionSetting setting =
              ALL.stream().filter(s -> s.name().equals(name)).findFirst().orElse(ROLE);
          // Where a pooler sits between on a socket of the file system there are no keepalives.
          boolean changesAnswers = !name.startsWith("tcp_");
          if (value != null && changesAnswers && !value.equals(setting.shown())) {
            if (!setting.equals(ROLE) || !isSet(connection, setting)) {
              throw SessionRefusal.of(Product.POSTGRESQL, settings, setting, value);
            }
          }
        }
      }
    }
  }

  private static boolean isSet(Connection connection, SessionSetting setting) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET " + setting.name() + " = '" + setting.value() + "'");
      return true;
    } catch (SQLException e) {
      if ("42501".equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }
}

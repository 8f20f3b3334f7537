package dev.landfall.transforms.jdbc;

import dev.landfall.transforms.jdbc.ConnectionSettings.Product;
import dev.landfall.transforms.sql.SessionSql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  private static final Map<String, String> VALUES =
      ALL.stream()
          .collect(
              Collectors.toMap(
                  SessionSetting::name, SessionSetting::value, (a, b) -> b, LinkedHashMap::new));

  private static final String SET = SessionSql.ofTarget(VALUES);
  private static final String READ = SessionSql.shownByTarget(VALUES, ROLE.name());

  private TargetSession() {}

  /**
   * Sets all that the server knows, and reads it back.
   *
   * @throws dev.landfall.transforms.MigrationException where the server does not keep a value
   */
  static void prepare(Connection connection, ConnectionSettings settings) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // In one round trip, in which each sees what those before it did.
      statement.execute(String.join(";", SessionSql.WITHOUT_END, SET, READ));
      statement.getMoreResults();
      statement.getMoreResults();
      try (ResultSet rows = statement.getResultSet()) {
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
      statement.execute(SessionSql.ofTarget(setting.name(), setting.value()));
      return true;
    } catch (SQLException e) {
      if ("42501".equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }
}

package dev.landfall.transforms.jdbc;

import dev.landfall.transforms.jdbc.ConnectionSettings.Product;
import dev.landfall.transforms.sql.SessionSql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every session variable of MySQL and MariaDB that can change what a statement of Landfall's
 * returns, or whether it ends: what {@code mysqldump} sets, and what was found besides in "Server
 * System Variables" of both manuals. Whoever adds a version of a server looks its new ones through.
 */
final class SourceSession {
  /** No limit, of variables that count rows or bytes. */
  private static final String UNLIMITED = "18446744073709551615";

  /** Half a day of silence: longer than a target stalls, and what the server has by itself. */
  private static final String IDLE_SECONDS = "28800";

  /**
   * What can keep even the questions below from being answered in full. The driver sends them
   * first, behind {@code init_connect} only, and goes by the mode that it reads back when it quotes
   * texts. All servers know them.
   */
  private static final List<SessionSetting> FIRST =
      List.of(
          // Rows beyond it are left out without a word.
          SessionSetting.of("sql_select_limit", UNLIMITED),
          // Statements that might read more rows fail; in this order, since the one sets the other.
          SessionSetting.of("max_join_size", UNLIMITED),
          new SessionSetting("sql_big_selects", "1", "ON"),
          // Padding of CHAR, the sense of quotes, backslashes and ||, zero dates in comparisons …
          // The driver wants the first one for its own truncation checks.
          SessionSetting.text("sql_mode", "STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION"),
          SessionSetting.text("time_zone", "+00:00"));

  private static final List<SessionSetting> ALL =
      List.of(
          // Whether a statement ends. MySQL counts milliseconds, MariaDB seconds.
          new SessionSetting("max_execution_time", "0", "0"),
          new SessionSetting("max_statement_time", "0", "0.000000"),
          // A target that stalls lets the source wait to send; the servers' default is a minute.
          SessionSetting.of("net_write_timeout", "3600"),
          SessionSetting.of("wait_timeout", IDLE_SECONDS),
          new SessionSetting("idle_transaction_timeout", "0", "0"),
          new SessionSetting("idle_readonly_transaction_timeout", "0", "0"),
          new SessionSetting("idle_write_transaction_timeout", "0", "0"),
          // For the end of somebody's ALTER TABLE.
          SessionSetting.of("lock_wait_timeout", "86400"),
          // Rows as of another time.
          new SessionSetting("system_versioning_asof", "DEFAULT", "DEFAULT"),
          // Transactions: whose rows are seen, and what a commit does to the connection.
          new SessionSetting("autocommit", "1", "ON"),
          SessionSetting.text("transaction_isolation", "REPEATABLE-READ"),
          SessionSetting.text("tx_isolation", "REPEATABLE-READ"),
          new SessionSetting("transaction_read_only", "0", "OFF"),
          new SessionSetting("tx_read_only", "0", "OFF"),
          new SessionSetting("completion_type", "0", "NO_CHAIN"),
          // Rows that a copy which is behind, or cut off from the others, has.
          new SessionSetting("use_secondary_engine", "'OFF'", "OFF"),
          new SessionSetting("wsrep_dirty_reads", "0", "OFF"),
          // Texts: in which characters they are sent and come, and what equals what.
          SessionSetting.text("character_set_client", "utf8mb4"),
          SessionSetting.text("character_set_results", "utf8mb4"),
          SessionSetting.text("collation_connection", "utf8mb4_general_ci"),
          // What expressions come to, of generated columns, views and our own.
          new SessionSetting("sql_auto_is_null", "0", "OFF"),
          SessionSetting.of("div_precision_increment", "4"),
          SessionSetting.of("group_concat_max_len", "1073741824"),
          SessionSetting.of("max_sort_length", "1024"),
          SessionSetting.text("lc_time_names", "en_US"),
          SessionSetting.text("old_mode", "UTF8_IS_UTF8MB3"),
          // In which form a statement about tables and plans answers.
          new SessionSetting("show_gipk_in_create_table_and_information_schema", "1", "ON"),
          new SessionSetting("sql_quote_show_create", "1", "ON"),
          // Statistics may be a day old by default: a stale auto-increment counter would number new
          // rows like old ones (MySQL manual 26.1).
          SessionSetting.of("information_schema_stats_expiry", "0"),
          new SessionSetting("show_old_temporals", "0", "OFF"),
          new SessionSetting("explain_format", "'TRADITIONAL'", "TRADITIONAL"),
          new SessionSetting("end_markers_in_json", "0", "OFF"),
          // Rows that are collected in a table of their own before the first one is sent.
          new SessionSetting("sql_buffer_result", "0", "OFF"));

  private static final String READ =
      SessionSql.shownBySource(
          Stream.concat(FIRST.stream(), ALL.stream()).map(SessionSetting::name).toList());

  private SourceSession() {}

  /**
   * What servers had otherwise the last time: set with the first settings, it need not be asked for
   * and set in two round trips of their own.
   */
  private static final Map<ConnectionSettings, String> LEARNT = new ConcurrentHashMap<>();

  /** What the driver is to set before it asks anything itself. */
  static String first(ConnectionSettings settings) {
    return assignments(FIRST, "") + LEARNT.getOrDefault(settings, "");
  }

  /**
   * Another server may answer at that address now, which knows other variables.
   *
   * @return whether there was anything to forget
   */
  static boolean forget(ConnectionSettings settings) {
    return LEARNT.remove(settings) != null;
  }

  /**
   * Sets all that the server knows, and reads it back.
   *
   * @throws dev.landfall.transforms.MigrationException where the server does not keep a value
   */
  static void prepare(Connection connection, ConnectionSettings settings) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      boolean mariaDb =
          connection
              .getMetaData()
              .getDatabaseProductVersion()
              .toLowerCase(Locale.ROOT)
              .contains("mariadb");
      if (mariaDb) {
        statement.execute(SessionSql.WITHOUT_END_ON_MARIADB);
      }
      Map<String, String> found = read(statement);
      List<SessionSetting> other =
          ALL.stream().filter(s -> found.containsKey(s.name()) && !isShown(found, s)).toList();
      if (other.isEmpty() && FIRST.stream().allMatch(s -> isShown(found, s))) {
        return;
      }
      if (!other.isEmpty()) {
        statement.execute(SessionSql.ofSource(assignments(other, "SESSION ")));
      }
      Map<String, String> set = read(statement);
      for (List<SessionSetting> some : List.of(FIRST, ALL)) {
        for (SessionSetting setting : some) {
          if (set.containsKey(setting.name()) && !isShown(set, setting)) {
            throw SessionRefusal.of(
                Product.MYSQL, settings, setting, String.valueOf(set.get(setting.name())));
          }
        }
      }
      if (!other.isEmpty()) {
        LEARNT.merge(
            settings,
            ", " + assignments(other, ""),
            (before, more) -> before.contains(more) ? before : before + more);
      }
    }
  }

  private static String assignments(List<SessionSetting> settings, String scope) {
    return settings.stream()
        .map(s -> scope + s.name() + "=" + s.value())
        .collect(Collectors.joining(", "));
  }

  private static boolean isShown(Map<String, String> values, SessionSetting setting) {
    return setting.shown().equalsIgnoreCase(values.get(setting.name()));
  }

  private static Map<String, String> read(Statement statement) throws SQLException {
    Map<String, String> values = new HashMap<>();
    try (ResultSet rows = statement.executeQuery(READ)) {
      while (rows.next()) {
        values.put(rows.getString(1).toLowerCase(Locale.ROOT), rows.getString(2));
      }
    }
    return values;
  }
}

package dev.landfall.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.EmbeddedMariaDb;
import dev.landfall.embedded.EmbeddedMySql;
import dev.landfall.embedded.EmbeddedPostgres;
import dev.landfall.embedded.EmbeddedServer;
import dev.landfall.pipelines.Move.Source;
import dev.landfall.pipelines.api.Difference;
import dev.landfall.pipelines.api.RepairRequest;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.load.MigrateTask;
import dev.landfall.pipelines.repair.RepairTask;
import dev.landfall.pipelines.spec.Environment;
import dev.landfall.pipelines.spec.SpecReader;
import dev.landfall.pipelines.verify.VerifyTask;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The whole job on servers whose settings are as bad as they can be, compared by texts that both
 * servers made before and after, over connections that know nothing of Landfall's.
 *
 * <p>{@code -Dlandfall.hostile=each} has each setting do its harm alone, too.
 */
class HostileSessionsTest {
  private static final int ROWS = 900;

  /** What a server takes for a session's variable, and what it is worst at. */
  private static final Map<String, String> SOURCE = new LinkedHashMap<>();

  private static final Map<String, String> TARGET = new LinkedHashMap<>();

  static {
    SOURCE.put("sql_select_limit", "0");
    SOURCE.put("max_join_size", "1");
    SOURCE.put("sql_big_selects", "0");
    SOURCE.put(
        "sql_mode",
        "'PAD_CHAR_TO_FULL_LENGTH,ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT,"
            + "HIGH_NOT_PRECEDENCE,IGNORE_SPACE,STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,"
            + "ONLY_FULL_GROUP_BY,NO_UNSIGNED_SUBTRACTION,REAL_AS_FLOAT'");
    SOURCE.put("system_versioning_asof", "'2020-01-01'");
    SOURCE.put("max_execution_time", "1");
    SOURCE.put("time_zone", "'+13:00'");
    SOURCE.put("net_write_timeout", "1");
    SOURCE.put("wait_timeout", "1");
    SOURCE.put("idle_transaction_timeout", "1");
    SOURCE.put("idle_readonly_transaction_timeout", "1");
    SOURCE.put("lock_wait_timeout", "1");
    SOURCE.put("autocommit", "0");
    SOURCE.put("transaction_isolation", "'SERIALIZABLE'");
    SOURCE.put("transaction_read_only", "1");
    SOURCE.put("completion_type", "'RELEASE'");
    SOURCE.put("character_set_client", "'latin1'");
    SOURCE.put("character_set_results", "'latin1'");
    SOURCE.put("collation_connection", "'latin1_bin'");
    SOURCE.put("sql_auto_is_null", "1");
    SOURCE.put("div_precision_increment", "0");
    SOURCE.put("group_concat_max_len", "4");
    SOURCE.put("max_sort_length", "64");
    SOURCE.put("old_mode", "'ZERO_DATE_TIME_CAST'");
    SOURCE.put("sql_quote_show_create", "0");
    SOURCE.put("show_old_temporals", "1");
    SOURCE.put("end_markers_in_json", "1");
    SOURCE.put("explain_format", "'TREE'");
    SOURCE.put("show_gipk_in_create_table_and_information_schema", "0");
    SOURCE.put("sql_buffer_result", "1");
    SOURCE.put("max_statement_time", "0.000001");

    // Shorter ones end sessions that have not even logged in, whoever's they are.
    TARGET.put("statement_timeout", "'50'");
    TARGET.put("lock_timeout", "'1'");
    TARGET.put("idle_in_transaction_session_timeout", "'500'");
    TARGET.put("idle_session_timeout", "'1000'");
    TARGET.put("transaction_timeout", "'1000'");
    TARGET.put("exit_on_error", "'on'");
    TARGET.put("default_transaction_read_only", "'on'");
    TARGET.put("default_transaction_isolation", "'serializable'");
    TARGET.put("default_transaction_deferrable", "'on'");
    TARGET.put("search_path", "evil, pg_catalog");
    TARGET.put("row_security", "'on'");
    TARGET.put("gin_fuzzy_search_limit", "'1'");
    TARGET.put("synchronize_seqscans", "'on'");
    TARGET.put("standard_conforming_strings", "'off'");
    TARGET.put("backslash_quote", "'off'");
    TARGET.put("TimeZone", "'Asia/Kathmandu'");
    TARGET.put("DateStyle", "'German, DMY'");
    TARGET.put("IntervalStyle", "'sql_standard'");
    TARGET.put("bytea_output", "'escape'");
    TARGET.put("extra_float_digits", "'-15'");
    TARGET.put("array_nulls", "'off'");
    TARGET.put("xmloption", "'document'");
    TARGET.put("transform_null_equals", "'on'");
    TARGET.put("quote_all_identifiers", "'on'");
    TARGET.put("client_min_messages", "'debug1'");
    TARGET.put("restrict_nonsystem_relation_kind", "'view'");
  }

  private static final List<String> TABLES = List.of("people", "history", "log");

  /** A row as one text, made by each of the servers. */
  private static final String SOURCE_TEXT =
      "concat_ws('|', id, hex(name), hex(pad), date_format(born, '%Y-%m-%d'),"
          + " date_format(seen, '%Y-%m-%d %H:%i:%s.%f'), cast(amount as char), cast(part as char),"
          + " hex(raw), kind)";

  private static final String TARGET_TEXT =
      "concat_ws('|', id, upper(encode(convert_to(name, 'UTF8'), 'hex')),"
          + " upper(encode(convert_to(rtrim(pad), 'UTF8'), 'hex')), to_char(born, 'YYYY-MM-DD'),"
          + " to_char(seen AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), amount, part,"
          + " upper(encode(raw, 'hex')), kind)";

  private static final Map<Source, EmbeddedServer> STARTED = new LinkedHashMap<>();
  private static @Nullable EmbeddedServer postgres;

  private static EmbeddedServer source(Source product) throws SQLException {
    if (product == Source.MYSQL) {
      Assumptions.assumeTrue(
          EmbeddedMySql.missing().isEmpty(), () -> EmbeddedMySql.missing().orElse(""));
    }
    EmbeddedServer server = STARTED.get(product);
    if (server == null) {
      server = product == Source.MYSQL ? EmbeddedMySql.start() : EmbeddedMariaDb.start();
      STARTED.put(product, server);
      fill(server, product);
    }
    return server;
  }

  private static EmbeddedServer target() {
    EmbeddedServer server = postgres;
    if (server == null) {
      server = EmbeddedPostgres.start();
      postgres = server;
    }
    return server;
  }

  @AfterAll
  static void stop() {
    STARTED.values().forEach(EmbeddedServer::close);
    if (postgres != null) {
      postgres.close();
    }
  }

  private static void fill(EmbeddedServer server, Source product) throws SQLException {
    try (Connection connection = server.connect("")) {
      execute(
          connection,
          "CREATE DATABASE shop CHARACTER SET utf8mb4",
          "CREATE USER mover@'%' IDENTIFIED BY 'm-word'",
          "GRANT SELECT, SHOW VIEW, TRIGGER ON shop.* TO mover@'%'");
      for (String table : TABLES) {
        execute(
            connection,
            "CREATE TABLE shop."
                + table
                + " (id int NOT NULL, name varchar(60) NOT NULL, pad char(12) NOT NULL, born date,"
                + " seen timestamp(3) NULL, amount decimal(20,6), part decimal(30,10) AS (amount / 7),"
                + " raw varbinary(20), kind enum('a','b,c')"
                + (table.equals("log") ? ")" : ", PRIMARY KEY (id))")
                + (table.equals("history") && product == Source.MARIADB
                    ? " WITH SYSTEM VERSIONING"
                    : ""),
            "SET time_zone = '+00:00'",
            "INSERT INTO shop."
                + table
                + " (id, name, pad, born, seen, amount, raw, kind) WITH RECURSIVE n AS (SELECT 1 AS i"
                + " UNION ALL SELECT i + 1 FROM n WHERE i < "
                + ROWS
                + ") SELECT i, concat('Zoë \\\\ \"o''r', i, '日😀'), concat('p', i),"
                + " '2001-02-03' + INTERVAL i DAY, '2020-03-29 00:30:00.125' + INTERVAL i HOUR, i / 7,"
                + " concat(char(0), i, char(255)), if(i % 3, 'a', 'b,c') FROM n");
      }
    }
  }

  private static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static List<String> texts(Connection connection, String from, String text)
      throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("SELECT " + text + " FROM " + from + " ORDER BY id")) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows;
  }

  /** Where somebody set them. */
  private enum Level {
    SERVER,
    DATABASE,
    ROLE
  }

  /** What is set on each side. */
  private record Way(Map<String, String> source, Map<String, String> target) {}

  /** All of them, and where it is asked for each by itself. */
  private static List<Way> ways() {
    List<Way> ways = new ArrayList<>(List.of(new Way(SOURCE, TARGET)));
    if ("each".equals(System.getProperty("landfall.hostile"))) {
      SOURCE.forEach((name, value) -> ways.add(new Way(Map.of(name, value), Map.of())));
      TARGET.forEach((name, value) -> ways.add(new Way(Map.of(), Map.of(name, value))));
    }
    return ways;
  }

  /** A role of MySQL's has no settings; what greets all users without rights of their own has. */
  @ParameterizedTest
  @CsvSource({
    "MYSQL, SERVER, SERVER",
    "MARIADB, SERVER, DATABASE",
    "MYSQL, ROLE, ROLE",
    "MARIADB, ROLE, SERVER"
  })
  void theWholeJob(Source product, Level atSource, Level atTarget) throws SQLException {
    EmbeddedServer server = source(product);
    try (Connection admin = server.connect("shop")) {
      Map<String, List<String>> rows = expected(admin);
      for (Way way : ways()) {
        Map<String, String> known = new LinkedHashMap<>(way.source);
        known.keySet().removeIf(name -> !knows(admin, name));
        try {
          if (atSource == Level.SERVER) {
            for (Map.Entry<String, String> setting : known.entrySet()) {
              execute(admin, "SET GLOBAL " + setting.getKey() + " = " + setting.getValue());
            }
          } else {
            execute(
                admin,
                "SET GLOBAL init_connect = '"
                    + known.entrySet().stream()
                        .map(e -> "SET SESSION " + e.getKey() + " = " + e.getValue())
                        .collect(Collectors.joining("; "))
                        .replace("'", "''")
                    + "'");
          }
          assertMoves(server, way.target, atTarget, rows);
        } finally {
          for (String name : known.keySet()) {
            execute(admin, "SET GLOBAL " + name + " = DEFAULT");
          }
          execute(admin, "SET GLOBAL init_connect = ''");
        }
      }
    }
  }

  private static boolean knows(Connection admin, String name) {
    try {
      execute(admin, "SELECT @@GLOBAL." + name);
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  private static Map<String, List<String>> expected(Connection source) throws SQLException {
    execute(source, "SET time_zone = '+00:00'");
    Map<String, List<String>> rows = new LinkedHashMap<>();
    for (String table : TABLES) {
      rows.put(table, texts(source, table, SOURCE_TEXT));
      assertThat(rows.get(table)).hasSize(ROWS);
    }
    return rows;
  }

  /** Moves, compares, breaks a row and mends it, and reads what came of it by other means. */
  private static void assertMoves(
      EmbeddedServer source,
      Map<String, String> settings,
      Level level,
      Map<String, List<String>> expected)
      throws SQLException {
    EmbeddedServer target = target();
    try (Connection admin = target.connect("postgres")) {
      execute(
          admin,
          "CREATE ROLE mover LOGIN PASSWORD 'm-word'",
          "CREATE DATABASE shop OWNER mover ENCODING 'UTF8' TEMPLATE template0");
      try (Connection before = target.connect("shop")) {
        execute(
            before,
            "CREATE SCHEMA evil",
            "GRANT USAGE ON SCHEMA evil TO mover",
            "GRANT CREATE ON SCHEMA public TO mover",
            "CREATE VIEW evil.pg_class AS SELECT * FROM pg_catalog.pg_class WHERE false",
            "CREATE FUNCTION evil.now() RETURNS timestamptz LANGUAGE sql AS 'SELECT NULL::timestamptz'");
        for (Map.Entry<String, String> setting : settings.entrySet()) {
          for (Connection own : List.of(admin, before)) {
            // What is set in a session stays, whatever the server gets.
            execute(
                own,
                "SELECT set_config('%1$s', current_setting('%1$s'), false)"
                    .formatted(setting.getKey()));
          }
          execute(
              admin,
              switch (level) {
                    case SERVER -> "ALTER SYSTEM";
                    case DATABASE -> "ALTER DATABASE shop";
                    case ROLE -> "ALTER ROLE mover";
                  }
                  + " SET "
                  + setting.getKey()
                  + " = "
                  + setting.getValue());
        }
        execute(admin, "SELECT pg_reload_conf()");
        String spec =
            "name: hostile\nsource: mysql://mover:m-word@%s:%d/shop\ntarget: postgresql://mover:m-word@%s:%d/shop\n"
                .formatted(source.host(), source.port(), target.host(), target.port());
        try (Migration migration =
            SpecMigration.of(
                SpecReader.read(
                    spec, Path.of("hostile.yaml"), null, null, Environment.of(Map.of())),
                new DirectLauncher())) {
          migration.perform(new MigrateTask(true));
          for (String table : TABLES) {
            assertThat(texts(before, "public." + table, TARGET_TEXT))
                .as(settings.keySet() + " at the " + level + ": " + table)
                .isEqualTo(expected.get(table));
          }
          execute(
              before,
              "DELETE FROM public.people WHERE id = 77",
              "UPDATE public.history SET name = 'x' WHERE id = 78");
          VerificationReport report = migration.perform(new VerifyTask(MovedDatabase.ONE_LOOK));
          assertThat(report.differences())
              .containsExactlyInAnyOrder(
                  new Difference(
                      "public.people", Map.of("id", "77"), Difference.Kind.MISSING, List.of()),
                  new Difference(
                      "public.history",
                      Map.of("id", "78"),
                      Difference.Kind.CHANGED,
                      List.of("name")));
          migration.perform(new RepairTask(RepairRequest.builder().setExecute(true).build()));
          assertThat(migration.perform(new VerifyTask(MovedDatabase.ONE_LOOK)).equal()).isTrue();
          for (String table : TABLES) {
            assertThat(texts(before, "public." + table, TARGET_TEXT))
                .isEqualTo(expected.get(table));
          }
        }
      } finally {
        execute(admin, "ALTER SYSTEM RESET ALL", "SELECT pg_reload_conf()");
        execute(admin, "DROP DATABASE shop WITH (FORCE)", "DROP ROLE mover");
      }
    }
  }
}

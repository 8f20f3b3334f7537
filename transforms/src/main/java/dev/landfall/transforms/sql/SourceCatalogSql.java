package dev.landfall.transforms.sql;

import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TableName;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is asked of the source's catalogue. Each statement covers a whole database and takes its
 * name as the one parameter. Catalogue tables are never joined by the server: MariaDB would fill
 * and scan them without an index.
 */
public final class SourceCatalogSql {
  private SourceCatalogSql() {}

  /** The server's version as it prints it. */
  public static String version() {
    return "SELECT VERSION()";
  }

  /** Base tables, among them MariaDB's system-versioned ones, and MariaDB's sequences. */
  public static String tables() {
    return "SELECT table_name AS table_name, table_type AS table_type, engine AS engine,"
        + " auto_increment AS auto_increment,"
        + " table_comment AS table_comment, table_rows AS table_rows, data_length AS data_length"
        + " FROM information_schema.tables"
        + " WHERE table_schema = ? AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED', 'SEQUENCE')";
  }

  /** What a server says of itself that tells it from others: names and values. */
  public static String identity() {
    return "SHOW GLOBAL VARIABLES WHERE Variable_name IN"
        + " ('server_uuid', 'server_uid', 'hostname', 'port')";
  }

  /**
   * When each table was made, which no renaming changes; not of partitioned ones, of which a new
   * partition does.
   */
  public static String created() {
    return "SELECT table_name AS table_name, CAST(create_time AS CHAR) AS created"
        + " FROM information_schema.tables WHERE table_schema = ? AND create_time IS NOT NULL"
        + " AND create_options NOT LIKE '%partitioned%'";
  }

  /**
   * InnoDB's numbers by which tables are known, what costs least first; parameter of each: the
   * database. First those of the files of tables that have one of their own (MySQL 8, manual 28.4,
   * {@code INNODB_TABLESPACES_BRIEF}): from the data dictionary, no table is opened for it, and no
   * right is needed. Then those of the tables, under the name that MySQL 8 has for them, and the
   * one of MariaDB and MySQL 5.7: they need the right PROCESS, and a server opens every table for
   * it.
   */
  public static List<String> innodbNumbers() {
    return List.of(
        innodb("CONCAT('file ', space)", "innodb_tablespaces_brief"),
        innodb("table_id", "innodb_tables"),
        innodb("table_id", "innodb_sys_tables"));
  }

  private static String innodb(String number, String from) {
    return "SELECT SUBSTRING(name, LOCATE('/', name) + 1) AS table_name, "
        + number
        + " AS number FROM information_schema."
        + from
        + " WHERE SUBSTRING_INDEX(name, '/', 1) = ?";
  }

  /**
   * Columns of all tables, in the order of each table.
   *
   * @param srids whether the server restricts geometries to a spatial reference system: MySQL since
   *     8.0.3
   */
  public static String columns(boolean srids) {
    return "SELECT table_name AS table_name, column_name AS column_name,"
        + " column_default AS column_default, is_nullable AS is_nullable, data_type AS data_type,"
        + " character_maximum_length AS length, numeric_precision AS numeric_precision,"
        + " numeric_scale AS numeric_scale, datetime_precision AS datetime_precision,"
        + " character_set_name AS character_set_name, collation_name AS collation_name,"
        + (srids ? " srs_id AS srid," : " NULL AS srid,")
        + " column_type AS column_type, extra AS extra, column_comment AS column_comment,"
        + " generation_expression AS generation_expression"
        + " FROM information_schema.columns WHERE table_schema = ?"
        + " ORDER BY table_name, ordinal_position";
  }

  /**
   * Parts of all indexes, in the order of each index.
   *
   * @param expressions whether the server has functional indexes: MySQL since 8.0.13
   * @param ignored the expression that says whether queries do not use an index
   */
  public static String indexParts(boolean expressions, Ignored ignored) {
    return "SELECT table_name AS table_name, index_name AS index_name, non_unique AS non_unique,"
        + " column_name AS column_name, collation AS direction, sub_part AS sub_part,"
        + " index_type AS index_type, index_comment AS index_comment, "
        + ignored.sql
        + " AS ignored, "
        + (expressions ? "expression" : "NULL")
        + " AS expression FROM information_schema.statistics WHERE table_schema = ?"
        + " ORDER BY table_name, index_name, seq_in_index";
  }

  /** Columns of all foreign keys, in the order of each key. */
  public static String foreignKeyColumns() {
    return "SELECT table_name AS table_name, constraint_name AS constraint_name,"
        + " column_name AS column_name, referenced_table_schema AS referenced_schema,"
        + " referenced_table_name AS referenced_table, referenced_column_name AS referenced_column"
        + " FROM information_schema.key_column_usage"
        + " WHERE table_schema = ? AND referenced_table_name IS NOT NULL"
        + " ORDER BY table_name, constraint_name, ordinal_position";
  }

  /** Actions of all foreign keys. */
  public static String foreignKeyRules() {
    return "SELECT table_name AS table_name, constraint_name AS constraint_name,"
        + " update_rule AS update_rule, delete_rule AS delete_rule"
        + " FROM information_schema.referential_constraints WHERE constraint_schema = ?";
  }

  /** How a server says that queries do not use an index. */
  public enum Ignored {
    /** Not at all: it has no such indexes. */
    NEVER("'NO'"),
    /** MySQL since 8.0.0. */
    INVISIBLE("IF(is_visible = 'NO', 'YES', 'NO')"),
    /** MariaDB since 10.6.0. */
    IGNORED("ignored");

    private final String sql;

    Ignored(String sql) {
      this.sql = sql;
    }
  }

  /** MariaDB's checks, among them those by which a longtext is declared {@code json}. */
  public static String mariadbChecks() {
    return "SELECT table_name AS table_name, constraint_name AS constraint_name, level AS level,"
        + " check_clause AS check_clause FROM information_schema.check_constraints"
        + " WHERE constraint_schema = ? ORDER BY table_name, constraint_name";
  }

  /** The conditions of MySQL's checks (since 8.0.16), whose names are unique in a database. */
  public static String mysqlCheckClauses() {
    return "SELECT constraint_name AS constraint_name, check_clause AS check_clause"
        + " FROM information_schema.check_constraints WHERE constraint_schema = ?";
  }

  /** The tables of MySQL's checks. */
  public static String mysqlChecks() {
    return "SELECT table_name AS table_name, constraint_name AS constraint_name,"
        + " enforced AS enforced FROM information_schema.table_constraints"
        + " WHERE table_schema = ? AND constraint_type = 'CHECK'"
        + " ORDER BY table_name, constraint_name";
  }

  /** Partitions; one row for each subpartition. */
  public static String partitions() {
    return "SELECT table_name AS table_name, partition_name AS partition_name,"
        + " partition_method AS method, partition_expression AS expression,"
        + " subpartition_method AS submethod, subpartition_expression AS subexpression,"
        + " partition_description AS description FROM information_schema.partitions"
        + " WHERE table_schema = ? AND partition_name IS NOT NULL"
        + " ORDER BY table_name, partition_ordinal_position, subpartition_ordinal_position";
  }

  /** Views. Without the right SHOW VIEW a view has no text (MySQL manual 26.3.48). */
  public static String views() {
    return "SELECT table_name AS name, view_definition AS text FROM information_schema.views"
        + " WHERE table_schema = ? ORDER BY table_name";
  }

  /** Triggers, of tables of which the account has the right TRIGGER. */
  public static String triggers() {
    return "SELECT trigger_name AS name, event_object_table AS table_name,"
        + " action_timing AS timing, event_manipulation AS event, action_statement AS text"
        + " FROM information_schema.triggers WHERE trigger_schema = ?"
        + " ORDER BY event_object_table, action_timing, event_manipulation, action_order";
  }

  /** Procedures, functions and packages. Without a right on one it has no text. */
  public static String routines() {
    return "SELECT specific_name AS specific_name, routine_name AS name, routine_type AS type,"
        + " dtd_identifier AS returns, is_deterministic AS is_deterministic,"
        + " sql_data_access AS data_access, security_type AS security_type,"
        + " routine_definition AS text FROM information_schema.routines"
        + " WHERE routine_schema = ? ORDER BY routine_type, routine_name";
  }

  /** Parameters of all routines in their order; the value of a function is none. */
  public static String parameters() {
    return "SELECT specific_name AS specific_name, routine_type AS routine_type,"
        + " parameter_mode AS mode, parameter_name AS name, dtd_identifier AS type"
        + " FROM information_schema.parameters"
        + " WHERE specific_schema = ? AND ordinal_position > 0"
        + " ORDER BY specific_name, routine_type, ordinal_position";
  }

  /** Events, where the account has the right EVENT. */
  public static String events() {
    return "SELECT event_name AS name, execute_at AS execute_at, interval_value AS interval_value,"
        + " interval_field AS interval_field, starts AS starts, ends AS ends, status AS status,"
        + " event_definition AS text FROM information_schema.events"
        + " WHERE event_schema = ? ORDER BY event_name";
  }

  /** The account's rights on the whole server. No parameter. */
  public static String serverRights() {
    return "SELECT privilege_type AS privilege FROM information_schema.user_privileges WHERE "
        + MINE;
  }

  /** The account's rights on a database. */
  public static String databaseRights() {
    return "SELECT privilege_type AS privilege FROM information_schema.schema_privileges"
        + " WHERE ? LIKE table_schema AND "
        + MINE;
  }

  /**
   * Those of the account's own rights on a database or table that show every column of the table in
   * the catalogue. Not those on the server, which can be revoked for a database (MySQL manual
   * 8.2.12), and none by wildcards. The parameters are the database twice and the table.
   */
  public static String rightsThatShowColumns() {
    String shows = " AND privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')";
    return "SELECT 1 FROM information_schema.schema_privileges"
        + " WHERE REPLACE(table_schema, CHAR(92), '') = REPLACE(?, CHAR(92), '') AND "
        + MINE
        + shows
        + " UNION ALL SELECT 1 FROM information_schema.table_privileges"
        + " WHERE table_schema = ? AND table_name = ? AND "
        + MINE
        + shows;
  }

  private static final String MINE =
      "grantee = CONCAT('''', REPLACE(CURRENT_USER(), '@', '''@'''), '''')";

  /** Settings and position of MariaDB's sequences, one row each, in their order. */
  public static String sequences(List<TableName> names) {
    return IntStream.range(0, names.size())
            .mapToObj(
                i ->
                    "SELECT "
                        + i
                        + " AS position, next_not_cached_value AS next, minimum_value AS minimum,"
                        + " maximum_value AS maximum, increment AS increment, cache_size AS cached,"
                        + " cycle_option AS cycles FROM "
                        + Identifiers.mysql(names.get(i)))
            .collect(Collectors.joining(" UNION ALL "))
        + " ORDER BY position";
  }

  /**
   * The defaults of columns in hexadecimal digits, one row. NULL where the server does not say
   * without a row of the table; a column that has none gives an error.
   */
  public static String defaultBytes(TableName table, List<SourceColumn> columns) {
    return columns.stream()
        .map(c -> "HEX(DEFAULT(t." + Identifiers.mysql(c.name()) + "))")
        .collect(
            Collectors.joining(
                ", ",
                "SELECT ",
                " FROM (SELECT 1) AS one LEFT JOIN "
                    + Identifiers.mysql(table)
                    + " AS t ON FALSE"));
  }

  /** The statement that would make a table again, in the second column. */
  public static String showCreate(TableName table) {
    return "SHOW CREATE TABLE " + Identifiers.mysql(table);
  }
}

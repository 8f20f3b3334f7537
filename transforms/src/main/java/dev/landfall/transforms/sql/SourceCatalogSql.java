package dev.landfall.transforms.sql;

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

  /**
   * Makes MySQL 8 look at the tables instead of statistics that may be a day old (MySQL manual
   * 26.1): a stale auto-increment counter would number new rows like old ones.
   */
  public static String freshStatistics() {
    return "SET SESSION information_schema_stats_expiry = 0";
  }

  /** Undoes {@link #freshStatistics}. */
  public static String defaultStatistics() {
    return "SET SESSION information_schema_stats_expiry = DEFAULT";
  }

  /** Base tables, among them MariaDB's system-versioned ones. */
  public static String tables() {
    return "SELECT table_name AS table_name, auto_increment AS auto_increment,"
        + " table_comment AS table_comment, table_rows AS table_rows, data_length AS data_length"
        + " FROM information_schema.tables"
        + " WHERE table_schema = ? AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')";
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
   */
  public static String indexParts(boolean expressions) {
    return "SELECT table_name AS table_name, index_name AS index_name, non_unique AS non_unique,"
        + " column_name AS column_name, collation AS direction, sub_part AS sub_part,"
        + " index_type AS index_type, "
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

  /** MariaDB's columns declared {@code json}: a longtext with a check of its own name. */
  public static String mariadbJsonColumns() {
    return "SELECT table_name AS table_name, constraint_name AS column_name,"
        + " check_clause AS check_clause FROM information_schema.check_constraints"
        + " WHERE constraint_schema = ? AND check_clause LIKE 'json_valid(%'";
  }
}

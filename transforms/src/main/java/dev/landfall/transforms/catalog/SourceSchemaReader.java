package dev.landfall.transforms.catalog;

import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.SourceCatalog.Product;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceDefault;
import dev.landfall.transforms.model.SourceForeignKey;
import dev.landfall.transforms.model.SourceIndex;
import dev.landfall.transforms.model.SourcePartitions;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.sql.SourceCatalogSql;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the catalogue of MySQL 5.7 to 9 and MariaDB 10.6 to 11.4. The number of queries does not
 * depend on the number of tables, but for tables with defaults that the catalogue does not have as
 * they are ({@link DefaultValues}).
 */
public final class SourceSchemaReader {
  private final SourceQueries queries;
  private final Product product;
  private final String version;

  private SourceSchemaReader(SourceQueries queries, String version) {
    this.queries = queries;
    this.version = version;
    this.product = queries.product();
  }

  /**
   * Reads the base tables of a database whose names are asked for, with their columns (invisible
   * ones too), indexes, foreign keys, checks and partitions, and everything else in the database.
   * Tables on which the account has no right at all are not in a server's catalogue.
   *
   * @param tableNames which tables, views and sequences; a trigger goes with its table
   * @throws SQLException as the driver throws it
   */
  public static SourceCatalog read(
      Connection connection, String database, Predicate<String> tableNames) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(SourceCatalogSql.version())) {
      rows.next();
      String version = rows.getString(1);
      Product product =
          version.toLowerCase(Locale.ROOT).contains("mariadb") ? Product.MARIADB : Product.MYSQL;
      SourceQueries queries = new SourceQueries(connection, database, product, version);
      return new SourceSchemaReader(queries, version).read(tableNames);
    }
  }

  /** The names of all base tables of a database that the account sees, ordered. */
  public static List<TableName> tables(Connection connection, String database) throws SQLException {
    List<TableName> names = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(SourceCatalogSql.tables())) {
      query.setString(1, database);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          if (!rows.getString("table_type").equals("SEQUENCE")) {
            names.add(new TableName(database, rows.getString("table_name")));
          }
        }
      }
    }
    names.sort(null);
    return names;
  }

  private SourceCatalog read(Predicate<String> tableNames) throws SQLException {
    SourceChecks checks = SourceChecks.read(queries);
    Map<String, List<SourceColumn>> columns = columns(checks);
    Map<String, List<SourceIndex>> indexes = new SourceIndexReader(queries).read(columns);
    Map<String, List<SourceForeignKey>> foreignKeys = foreignKeys();
    Map<String, SourcePartitions> partitions = partitions();
    Map<String, SourceTable> tables = new TreeMap<>();
    List<TableName> sequences = new ArrayList<>();
    queries.each(
        SourceCatalogSql.tables(),
        row -> {
          String name = row.getString("table_name");
          if (!tableNames.test(name)) {
            return;
          }
          String type = row.getString("table_type");
          if (type.equals("SEQUENCE")) {
            sequences.add(queries.name(name));
            return;
          }
          String counter = row.getString("auto_increment");
          tables.put(
              name,
              new SourceTable(
                  queries.name(name),
                  columns.getOrDefault(name, List.of()),
                  indexes.getOrDefault(name, List.of()),
                  foreignKeys.getOrDefault(name, List.of()),
                  counter == null ? null : new BigInteger(counter),
                  Objects.requireNonNullElse(row.getString("table_comment"), ""),
                  row.getLong("table_rows"),
                  row.getLong("data_length"),
                  checks.of(name, columns.getOrDefault(name, List.of())),
                  partitions.get(name),
                  Objects.requireNonNullElse(row.getString("engine"), ""),
                  type.equals("SYSTEM VERSIONED")));
        });
    sequences.sort(Comparator.naturalOrder());
    return new SourceCatalog(
        product,
        version,
        new DefaultValues(queries).of(List.copyOf(tables.values())),
        new SourceObjectReader(queries, tableNames).read(sequences, columns));
  }

  private Map<String, List<SourceColumn>> columns(SourceChecks checks) throws SQLException {
    Map<String, List<SourceColumn>> columns = new HashMap<>();
    queries.each(
        SourceCatalogSql.columns(queries.mysql(8, 0, 3)),
        row -> {
          String table = row.getString("table_name");
          boolean isJson =
              row.getString("data_type").equalsIgnoreCase("longtext")
                  && checks.isJson(table, row.getString("column_name"));
          columns.computeIfAbsent(table, t -> new ArrayList<>()).add(column(row, isJson));
        });
    return columns;
  }

  private SourceColumn column(ResultSet row, boolean isJson) throws SQLException {
    String type = row.getString("data_type").toLowerCase(Locale.ROOT);
    String extra = row.getString("extra");
    String generated = row.getString("generation_expression");
    SourceDefault byDefault =
        SourceDefault.of(product, type, row.getString("column_default"), extra);
    String lowerExtra = extra.toLowerCase(Locale.ROOT);
    return new SourceColumn(
        row.getString("column_name"),
        isJson ? "json" : type,
        columnType(row),
        row.getString("is_nullable").equals("YES"),
        byDefault.value(),
        byDefault.expression(),
        lowerExtra.contains("auto_increment"),
        generated == null || generated.isEmpty() ? null : generated,
        row.getString("character_set_name"),
        row.getString("collation_name"),
        longOrNull(row, "length"),
        intOrNull(row, "numeric_precision"),
        intOrNull(row, "numeric_scale"),
        intOrNull(row, "datetime_precision"),
        lowerExtra.contains("on update current_timestamp"),
        row.getString("column_comment"),
        lowerExtra.contains("invisible"),
        lowerExtra.contains("virtual generated"));
  }

  private static String columnType(ResultSet row) throws SQLException {
    Long srid = longOrNull(row, "srid");
    return row.getString("column_type") + (srid == null ? "" : SourceColumn.SRID + srid);
  }

  private Map<String, SourcePartitions> partitions() throws SQLException {
    Map<String, SourcePartitions> partitions = new HashMap<>();
    queries.each(
        SourceCatalogSql.partitions(),
        row -> {
          String submethod = row.getString("submethod");
          SourcePartitions.Part part =
              new SourcePartitions.Part(
                  row.getString("partition_name"), row.getString("description"));
          partitions.merge(
              row.getString("table_name"),
              new SourcePartitions(
                  row.getString("method"),
                  row.getString("expression"),
                  submethod == null
                      ? null
                      : submethod + " (" + row.getString("subexpression") + ")",
                  List.of(part)),
              SourceSchemaReader::append);
        });
    return partitions;
  }

  /** A partition has a row for each of its subpartitions. */
  private static SourcePartitions append(SourcePartitions partitions, SourcePartitions next) {
    List<SourcePartitions.Part> parts = new ArrayList<>(partitions.parts());
    next.parts().stream().filter(part -> !parts.contains(part)).forEach(parts::add);
    return new SourcePartitions(
        partitions.method(), partitions.expression(), partitions.subpartitions(), parts);
  }

  private Map<String, List<SourceForeignKey>> foreignKeys() throws SQLException {
    Map<List<String>, List<String>> rules = new HashMap<>();
    queries.each(
        SourceCatalogSql.foreignKeyRules(),
        row ->
            rules.put(
                List.of(row.getString("table_name"), row.getString("constraint_name")),
                List.of(row.getString("update_rule"), row.getString("delete_rule"))));
    Map<String, Map<String, SourceForeignKey>> keys = new HashMap<>();
    queries.each(
        SourceCatalogSql.foreignKeyColumns(),
        row -> {
          String table = row.getString("table_name");
          String name = row.getString("constraint_name");
          List<String> rule = rules.get(List.of(table, name));
          if (rule == null) {
            // MariaDB keeps them from an account that may only read.
            rule =
                queries
                    .shown(table)
                    .flatMap(shown -> shown.actions(name))
                    .orElse(List.of("NO ACTION", "NO ACTION"));
            rules.put(List.of(table, name), rule);
          }
          SourceForeignKey key =
              new SourceForeignKey(
                  name,
                  List.of(row.getString("column_name")),
                  new TableName(
                      row.getString("referenced_schema"), row.getString("referenced_table")),
                  List.of(row.getString("referenced_column")),
                  rule.get(0),
                  rule.get(1));
          keys.computeIfAbsent(table, t -> new TreeMap<>())
              .merge(name, key, SourceSchemaReader::append);
        });
    Map<String, List<SourceForeignKey>> lists = new HashMap<>();
    keys.forEach((table, byName) -> lists.put(table, List.copyOf(byName.values())));
    return lists;
  }

  private static SourceForeignKey append(SourceForeignKey key, SourceForeignKey next) {
    List<String> columns = new ArrayList<>(key.columns());
    columns.addAll(next.columns());
    List<String> referenced = new ArrayList<>(key.referencedColumns());
    referenced.addAll(next.referencedColumns());
    return new SourceForeignKey(
        key.name(), columns, key.referenced(), referenced, key.onUpdate(), key.onDelete());
  }

  static @Nullable Integer intOrNull(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : Integer.valueOf(Math.toIntExact(value));
  }

  private static @Nullable Long longOrNull(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : Long.valueOf(value);
  }
}

package dev.landfall.transforms.schema;

import dev.landfall.transforms.schema.SourceCatalog.Product;
import dev.landfall.transforms.schema.SourceIndex.Part;
import dev.landfall.transforms.sql.Identifiers;
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
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the catalogue of MySQL 5.7 to 9 and MariaDB 10.6 to 11.4. The number of queries does not
 * depend on the number of tables.
 */
public final class SourceSchemaReader {
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)(?:\\.(\\d+))?.*");

  private final Connection connection;
  private final String database;
  private final Product product;
  private final String version;

  private SourceSchemaReader(Connection connection, String database, String version) {
    this.connection = connection;
    this.database = database;
    this.version = version;
    this.product =
        version.toLowerCase(Locale.ROOT).contains("mariadb") ? Product.MARIADB : Product.MYSQL;
  }

  /**
   * Reads the base tables of a database whose names are asked for, with their columns (invisible
   * ones too), indexes and foreign keys. Tables on which the account has no right at all are not in
   * a server's catalogue.
   *
   * @throws SQLException as the driver throws it
   */
  public static SourceCatalog read(
      Connection connection, String database, Predicate<String> tableNames) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(SourceCatalogSql.version())) {
      rows.next();
      return new SourceSchemaReader(connection, database, rows.getString(1)).read(tableNames);
    }
  }

  private SourceCatalog read(Predicate<String> tableNames) throws SQLException {
    Map<String, List<SourceColumn>> columns = columns();
    Map<String, List<SourceIndex>> indexes = indexes();
    Map<String, List<SourceForeignKey>> foreignKeys = foreignKeys();
    Map<String, SourceTable> tables = new TreeMap<>();
    boolean cached = product == Product.MYSQL && atLeast(8, 0, 3);
    try {
      if (cached) {
        execute(SourceCatalogSql.freshStatistics());
      }
      each(
          SourceCatalogSql.tables(),
          row -> {
            String name = row.getString("table_name");
            if (tableNames.test(name)) {
              String counter = row.getString("auto_increment");
              tables.put(
                  name,
                  new SourceTable(
                      new TableName(database, name),
                      columns.getOrDefault(name, List.of()),
                      indexes.getOrDefault(name, List.of()),
                      foreignKeys.getOrDefault(name, List.of()),
                      counter == null ? null : new BigInteger(counter),
                      Objects.requireNonNullElse(row.getString("table_comment"), ""),
                      row.getLong("table_rows"),
                      row.getLong("data_length")));
            }
          });
    } finally {
      if (cached) {
        execute(SourceCatalogSql.defaultStatistics());
      }
    }
    return new SourceCatalog(product, version, List.copyOf(tables.values()));
  }

  private Map<String, List<SourceColumn>> columns() throws SQLException {
    Set<List<String>> json = new HashSet<>();
    if (product == Product.MARIADB) {
      each(
          SourceCatalogSql.mariadbJsonColumns(),
          row -> {
            String column = row.getString("column_name");
            // A check that allows anything else beside makes it an ordinary text.
            if (row.getString("check_clause")
                .equals("json_valid(" + Identifiers.mysql(column) + ")")) {
              json.add(List.of(row.getString("table_name"), column));
            }
          });
    }
    Map<String, List<SourceColumn>> columns = new HashMap<>();
    each(
        SourceCatalogSql.columns(product == Product.MYSQL && atLeast(8, 0, 3)),
        row -> {
          String table = row.getString("table_name");
          boolean isJson = json.contains(List.of(table, row.getString("column_name")));
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
        isJson && type.equals("longtext") ? "json" : type,
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
        row.getString("column_comment"));
  }

  private static String columnType(ResultSet row) throws SQLException {
    Long srid = longOrNull(row, "srid");
    return row.getString("column_type") + (srid == null ? "" : SourceColumn.SRID + srid);
  }

  private Map<String, List<SourceIndex>> indexes() throws SQLException {
    Map<String, Map<String, SourceIndex>> indexes = new HashMap<>();
    each(
        SourceCatalogSql.indexParts(product == Product.MYSQL && atLeast(8, 0, 13)),
        row -> {
          String kind = row.getString("index_type");
          // A spatial index pretends to a prefix of 32 bytes.
          Integer prefix = kind.equals("SPATIAL") ? null : intOrNull(row, "sub_part");
          Part part =
              new Part(
                  row.getString("column_name"),
                  row.getString("expression"),
                  prefix,
                  "D".equals(row.getString("direction")));
          SourceIndex index =
              new SourceIndex(
                  row.getString("index_name"), row.getInt("non_unique") == 0, kind, List.of(part));
          indexes
              .computeIfAbsent(row.getString("table_name"), t -> new TreeMap<>())
              .merge(index.name(), index, SourceSchemaReader::append);
        });
    Map<String, List<SourceIndex>> lists = new HashMap<>();
    indexes.forEach(
        (table, byName) ->
            lists.put(
                table,
                byName.values().stream().sorted(Comparator.comparing(i -> !i.primary())).toList()));
    return lists;
  }

  private static SourceIndex append(SourceIndex index, SourceIndex next) {
    List<Part> parts = new ArrayList<>(index.parts());
    parts.addAll(next.parts());
    return new SourceIndex(index.name(), index.unique(), index.kind(), parts);
  }

  private Map<String, List<SourceForeignKey>> foreignKeys() throws SQLException {
    Map<List<String>, List<String>> rules = new HashMap<>();
    each(
        SourceCatalogSql.foreignKeyRules(),
        row ->
            rules.put(
                List.of(row.getString("table_name"), row.getString("constraint_name")),
                List.of(row.getString("update_rule"), row.getString("delete_rule"))));
    Map<String, Map<String, SourceForeignKey>> keys = new HashMap<>();
    each(
        SourceCatalogSql.foreignKeyColumns(),
        row -> {
          String table = row.getString("table_name");
          String name = row.getString("constraint_name");
          List<String> rule =
              rules.getOrDefault(List.of(table, name), List.of("NO ACTION", "NO ACTION"));
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

  private boolean atLeast(int major, int minor, int patch) {
    Matcher matcher = VERSION.matcher(version);
    if (!matcher.matches()) {
      return false;
    }
    int[] parts = {
      Integer.parseInt(matcher.group(1)),
      Integer.parseInt(matcher.group(2)),
      // Some forks leave the last number out; they are not the first of their line.
      matcher.group(3) == null ? Integer.MAX_VALUE : Integer.parseInt(matcher.group(3))
    };
    return java.util.Arrays.compare(parts, new int[] {major, minor, patch}) >= 0;
  }

  /** What is done with each row of a result. */
  private interface RowAction {
    void accept(ResultSet row) throws SQLException;
  }

  private void each(String sql, RowAction action) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, database);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          action.accept(rows);
        }
      }
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static @Nullable Integer intOrNull(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : Integer.valueOf(Math.toIntExact(value));
  }

  private static @Nullable Long longOrNull(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : Long.valueOf(value);
  }
}

package dev.landfall.transforms.catalog;

import dev.landfall.transforms.catalog.TargetCatalog.Column;
import dev.landfall.transforms.catalog.TargetCatalog.ForeignKey;
import dev.landfall.transforms.catalog.TargetCatalog.Kind;
import dev.landfall.transforms.catalog.TargetCatalog.SchemaRights;
import dev.landfall.transforms.catalog.TargetCatalog.Table;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.sql.TargetCatalogSql;
import dev.landfall.transforms.types.PgType;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a {@link TargetCatalog}. */
final class TargetCatalogReader {
  private final Connection connection;
  private final List<TableName> names;

  TargetCatalogReader(Connection connection, Collection<TableName> names) {
    this.connection = connection;
    this.names = List.copyOf(new TreeSet<>(names));
  }

  TargetCatalog read() throws SQLException {
    Map<String, SchemaRights> schemas = schemas();
    Map<TableName, Table> tables = tables(schemas);
    try (PreparedStatement query = connection.prepareStatement(TargetCatalogSql.session());
        ResultSet row = query.executeQuery()) {
      row.next();
      return new TargetCatalog(
          row.getString("database"),
          row.getString("username"),
          row.getBoolean("may_create"),
          schemas,
          tables,
          new TargetCatalog.Texts(
              row.getBoolean("icu"),
              row.getString("encoding"),
              TargetCatalog.Extension.valueOf(row.getString("citext"))));
    }
  }

  private Map<String, SchemaRights> schemas() throws SQLException {
    String[] wanted =
        Stream.concat(Stream.of(TargetCatalog.LEDGER_SCHEMA), names.stream().map(TableName::schema))
            .distinct()
            .toArray(String[]::new);
    Map<String, SchemaRights> schemas = new HashMap<>();
    each(
        TargetCatalogSql.schemas(),
        List.of(wanted),
        row ->
            schemas.put(
                row.getString("schema"),
                new SchemaRights(row.getBoolean("may_create"), row.getBoolean("may_use"))));
    return schemas;
  }

  private Map<TableName, Table> tables(Map<String, SchemaRights> schemas) throws SQLException {
    Map<TableName, List<Column>> columns = new HashMap<>();
    aboutTables(
        TargetCatalogSql.columns(),
        row -> columns.computeIfAbsent(name(row), t -> new ArrayList<>()).add(column(row)));
    Map<TableName, List<List<String>>> keys = new HashMap<>();
    aboutTables(
        TargetCatalogSql.keys(),
        row ->
            keys.computeIfAbsent(name(row), t -> new ArrayList<>())
                .add(Arrays.asList((String[]) row.getArray("columns").getArray())));
    Map<TableName, List<ForeignKey>> foreignKeys = new HashMap<>();
    aboutTables(
        TargetCatalogSql.foreignKeys(),
        row ->
            foreignKeys
                .computeIfAbsent(name(row), t -> new ArrayList<>())
                .add(
                    new ForeignKey(
                        row.getString("name"),
                        new TableName(
                            row.getString("referenced_schema"),
                            row.getString("referenced_relation")))));
    Map<TableName, Table> tables = new HashMap<>();
    aboutTables(
        TargetCatalogSql.tables(),
        row -> {
          TableName name = name(row);
          tables.put(
              name,
              new Table(
                  kind(row.getString("kind")),
                  columns.getOrDefault(name, List.of()),
                  keys.getOrDefault(name, List.of()),
                  foreignKeys.getOrDefault(name, List.of()),
                  false,
                  row.getBoolean("may_insert"),
                  row.getBoolean("may_select"),
                  row.getBoolean("row_security")));
        });
    Set<TableName> filled = filled(tables, schemas);
    tables.replaceAll((name, table) -> filled.contains(name) ? withRows(table) : table);
    return tables;
  }

  /**
   * A statement locks its tables with all their indexes, and a server has room for some thousand
   * locks.
   */
  private static final int TABLES_AT_ONCE = 200;

  private static boolean isVisible(@Nullable Table table) {
    return table != null && table.selects() && table.kind() == Kind.TABLE && !table.rowSecurity();
  }

  private Set<TableName> filled(Map<TableName, Table> tables, Map<String, SchemaRights> schemas)
      throws SQLException {
    List<TableName> visible =
        names.stream()
            .filter(n -> isVisible(tables.get(n)))
            .filter(n -> schemas.containsKey(n.schema()) && schemas.get(n.schema()).use())
            .toList();
    Set<TableName> filled = new HashSet<>();
    for (int from = 0; from < visible.size(); from += TABLES_AT_ONCE) {
      List<TableName> some = visible.subList(from, Math.min(visible.size(), from + TABLES_AT_ONCE));
      try (PreparedStatement query =
              connection.prepareStatement(TargetCatalogSql.tablesWithRows(some));
          ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          filled.add(some.get(rows.getInt("position")));
        }
      }
    }
    return filled;
  }

  private static Table withRows(Table table) {
    return new Table(
        table.kind(),
        table.columns(),
        table.keys(),
        table.foreignKeys(),
        true,
        table.inserts(),
        table.selects(),
        table.rowSecurity());
  }

  private static Column column(ResultSet row) throws SQLException {
    return new Column(
        row.getString("name"),
        PgType.parse(row.getString("type")),
        !row.getBoolean("not_null"),
        row.getBoolean("has_default"),
        row.getBoolean("identity"),
        row.getBoolean("generated"));
  }

  private static Kind kind(String relkind) {
    return switch (relkind) {
      case "r", "p" -> Kind.TABLE;
      case "f" -> Kind.FOREIGN_TABLE;
      default -> Kind.VIEW;
    };
  }

  private static TableName name(ResultSet row) throws SQLException {
    return new TableName(row.getString("schema"), row.getString("relation"));
  }

  /** What is done with each row of a result. */
  private interface RowAction {
    void accept(ResultSet row) throws SQLException;
  }

  private void aboutTables(String sql, RowAction action) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      Array schemas = array(names.stream().map(TableName::schema).toList());
      Array relations = array(names.stream().map(TableName::table).toList());
      query.setArray(1, schemas);
      query.setArray(2, relations);
      run(query, action);
    }
  }

  private void each(String sql, List<String> parameter, RowAction action) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setArray(1, array(parameter));
      run(query, action);
    }
  }

  private static void run(PreparedStatement query, RowAction action) throws SQLException {
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        action.accept(rows);
      }
    }
  }

  private Array array(List<String> values) throws SQLException {
    return connection.createArrayOf("text", values.toArray());
  }
}

package dev.landfall.pipelines.preflight;

import dev.landfall.transforms.catalog.TargetCatalog;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What preconditions look at.
 *
 * @param scope what is about to be done
 * @param connection to the target, for questions only
 * @param where the target, for messages, without a secret
 * @param catalog what the target has
 * @param mapping how tables map, fitted to what is there
 * @param made the target tables that are this migration's own
 * @param known whether the migration has begun already
 * @param loaded the names of the target tables that are loaded
 */
public record Surroundings(
    Scope scope,
    Connection connection,
    String where,
    TargetCatalog catalog,
    Mapping mapping,
    Set<TableName> made,
    boolean known,
    Set<String> loaded) {
  public Surroundings {
    made = Set.copyOf(made);
    loaded = Set.copyOf(loaded);
  }

  boolean isOneOf(Scope... scopes) {
    return List.of(scopes).contains(scope);
  }

  /** The target tables that are there, in the mapping's order. */
  List<TableName> present() {
    return mapping.tables().stream()
        .flatMap(table -> table.targets().stream())
        .map(target -> target.name())
        .filter(name -> catalog.table(name).isPresent())
        .toList();
  }

  /** What is done with each row of an answer. */
  interface RowAction {
    void accept(ResultSet row) throws SQLException;
  }

  /** Asks about tables; arrays of schemas and of names are the parameters. */
  void ask(String sql, Collection<TableName> tables, RowAction action) throws SQLException {
    if (tables.isEmpty()) {
      return;
    }
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setArray(
          1, connection.createArrayOf("text", tables.stream().map(TableName::schema).toArray()));
      query.setArray(
          2, connection.createArrayOf("text", tables.stream().map(TableName::table).toArray()));
      each(query, action);
    }
  }

  /** Asks without a parameter. */
  void ask(String sql, RowAction action) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      each(query, action);
    }
  }

  private static void each(PreparedStatement query, RowAction action) throws SQLException {
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        action.accept(rows);
      }
    }
  }
}

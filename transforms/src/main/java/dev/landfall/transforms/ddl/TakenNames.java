package dev.landfall.transforms.ddl;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.sql.TargetCatalogSql;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out, before anything is touched, whether a name that an index is to get is another
 * relation's: they share one name space in a schema (PostgreSQL manual, CREATE INDEX), and the
 * index would be refused when all rows are loaded.
 */
public final class TakenNames {
  private TakenNames() {}

  /**
   * Refuses names that are taken. An index of that name on the same table is the migration's own.
   *
   * @param gone tables and views to take for absent, with their indexes
   * @throws MigrationException naming all of them
   * @throws SQLException as the driver throws it
   */
  public static void requireFree(Connection connection, TargetDdl ddl, Set<TableName> gone)
      throws SQLException {
    Map<TableName, TableName> tables = new LinkedHashMap<>();
    for (DdlStatement statement : Stream.concat(ddl.pre().stream(), ddl.post().stream()).toList()) {
      if (statement.kind().part() == DdlStatement.Part.KEY) {
        tables.put(new TableName(statement.table().schema(), statement.name()), statement.table());
      }
    }
    List<String> taken = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(TargetCatalogSql.relations())) {
      query.setArray(
          1, array(connection, tables.keySet().stream().map(TableName::schema).toList()));
      query.setArray(2, array(connection, tables.keySet().stream().map(TableName::table).toList()));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          TableName name = new TableName(rows.getString("schema"), rows.getString("relation"));
          TableName table = tables.get(name);
          String indexed = rows.getString("indexed");
          boolean leaves =
              gone.contains(indexed == null ? name : new TableName(name.schema(), indexed));
          if (table != null && !table.table().equals(indexed) && !leaves) {
            taken.add(name + ", for an index of " + table + ": " + what(rows, indexed));
          }
        }
      }
    }
    if (!taken.isEmpty()) {
      throw new MigrationException(
          MigrationException.Kind.USAGE,
          "The target has other objects under names that indexes are to get; nothing was touched."
              + " Rename those objects, or choose another schema:\n  "
              + String.join("\n  ", taken));
    }
  }

  private static Array array(Connection connection, List<String> values) throws SQLException {
    return connection.createArrayOf("text", values.toArray());
  }

  private static String what(ResultSet row, @Nullable String indexed) throws SQLException {
    if (indexed != null) {
      return "is an index of " + indexed;
    }
    return switch (row.getString("kind")) {
      case "v", "m" -> "is a view";
      case "S" -> "is a sequence";
      case "c" -> "is a type";
      case "f" -> "is a foreign table";
      default -> "is a table";
    };
  }
}

package dev.landfall.transforms.refresh;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.sql.RefreshFactsSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the key of the row that a refused row refers to. */
final class ParentKeys {
  private final Connection connection;
  private final Mapping mapping;
  private final KeyRefresh refresh;

  ParentKeys(Connection connection, Mapping mapping, KeyRefresh refresh) {
    this.connection = connection;
    this.mapping = mapping;
    this.refresh = refresh;
  }

  /**
   * The key, null when it is no row of the mapping, or one that can't be told: the foreign key does
   * not refer to the key by which rows are known.
   */
  @Nullable FoundKey find(Conflict conflict, KeyedRow child, TableAccess access)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(RefreshFactsSql.FOREIGN_KEY)) {
      select.setString(1, conflict.schema());
      select.setString(2, conflict.table());
      select.setString(3, conflict.constraint());
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return null;
        }
        TargetPosition parent = position(new TableName(row.getString(1), row.getString(2)));
        List<String> columns = List.of((String[]) row.getArray(3).getArray());
        List<String> referenced = List.of((String[]) row.getArray(4).getArray());
        return parent == null ? null : key(parent, columns, referenced, child, access.table());
      }
    }
  }

  private @Nullable FoundKey key(
      TargetPosition position,
      List<String> columns,
      List<String> referenced,
      KeyedRow child,
      TargetTable table) {
    TargetTable parent = mapping.target(position);
    List<String> names = table.columns().stream().map(ColumnMapping::name).toList();
    if (!Set.copyOf(parent.key()).equals(Set.copyOf(referenced))
        || !names.containsAll(columns)
        || !KeyRefresh.possible(mapping, position)) {
      return null;
    }
    List<@Nullable String> key = new ArrayList<>();
    for (String name : parent.key()) {
      String column = columns.get(referenced.indexOf(name));
      key.add(child.rows().text(child.index(), names.indexOf(column)));
    }
    return refresh.access(position).found(key);
  }

  private @Nullable TargetPosition position(TableName name) {
    return mapping.targets().stream()
        .filter(p -> mapping.target(p).name().equals(name))
        .findFirst()
        .orElse(null);
  }
}

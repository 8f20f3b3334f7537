package dev.landfall.transforms.ledger;

import dev.landfall.transforms.model.ColumnName;
import dev.landfall.transforms.model.TableName;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Names as the ledger keeps them: with tabs between their parts, since a dot may be in one. */
final class StoredNames {
  private StoredNames() {}

  static List<String> ofTables(Collection<TableName> names) {
    return names.stream().map(t -> t.schema() + "\t" + t.table()).toList();
  }

  static Set<TableName> tables(List<String> stored) {
    Set<TableName> names = new LinkedHashSet<>();
    for (String name : stored) {
      String[] parts = name.split("\t", 2);
      names.add(new TableName(parts[0], parts[1]));
    }
    return names;
  }

  static List<String> ofColumns(Collection<ColumnName> columns) {
    return columns.stream()
        .map(c -> c.table().schema() + "\t" + c.table().table() + "\t" + c.column())
        .toList();
  }

  static Set<ColumnName> columns(List<String> stored) {
    Set<ColumnName> columns = new LinkedHashSet<>();
    for (String column : stored) {
      String[] parts = column.split("\t", 3);
      columns.add(new ColumnName(new TableName(parts[0], parts[1]), parts[2]));
    }
    return columns;
  }
}

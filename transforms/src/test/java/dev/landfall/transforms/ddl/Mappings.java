package dev.landfall.transforms.ddl;

import dev.landfall.transforms.choose.TypeMapper;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Mappings as a resolved spec gives them. */
public final class Mappings {
  private Mappings() {}

  /** Every table to a table of its name in that schema, every column to one of its name. */
  public static Mapping plain(SourceCatalog catalog, String schema) {
    return GeneratedColumns.in(
        new Mapping(
            catalog.tables().stream()
                .map(t -> table(catalog, t, Map.of(schema + "." + t.name().table(), Map.of())))
                .toList()),
        catalog.product());
  }

  /**
   * A table to several: for each target the source columns and their new names, none for all
   * columns under their own.
   */
  public static TableMapping table(
      SourceCatalog catalog, SourceTable source, Map<String, Map<String, String>> targets) {
    TypeMapper types = new TypeMapper(catalog, Set.of());
    List<SourceColumn> read = source.columns();
    List<TargetTable> tables = new ArrayList<>();
    targets.forEach(
        (name, names) -> {
          List<ColumnMapping> columns = new ArrayList<>();
          List<String> key = new ArrayList<>();
          for (SourceColumn column : read) {
            if (names.isEmpty() || names.containsKey(column.name())) {
              TypeMapper.Mapped mapped = types.map(source, column);
              String target = names.getOrDefault(column.name(), column.name());
              columns.add(
                  ColumnMapping.read(
                      target,
                      mapped.type(),
                      column.nullable(),
                      read.indexOf(column),
                      mapped.conversion()));
              if (source.key().contains(column.name())) {
                key.add(target);
              }
            }
          }
          String[] parts = name.split("\\.", 2);
          tables.add(new TargetTable(new TableName(parts[0], parts[1]), columns, key, false));
        });
    return new TableMapping(source, read, tables);
  }
}

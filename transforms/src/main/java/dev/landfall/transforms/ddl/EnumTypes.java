package dev.landfall.transforms.ddl;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.ColumnName;
import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.sql.DdlSql;
import dev.landfall.transforms.sql.TargetCatalogSql;
import dev.landfall.transforms.types.Conversion;
import dev.landfall.transforms.types.PgType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Enum types that a migration makes: one for each column whose mapping says so, by {@link
 * Conversion#ENUM}, in the schema of its table, with the labels in MySQL's order, which is how both
 * sides sort them.
 */
public final class EnumTypes {
  private EnumTypes() {}

  /**
   * The mapping with a name for each enum type: {@code table_column}, shortened to PostgreSQL's 63
   * bytes and unlike the name of any table, which is a type too. The same mapping gives the same
   * names.
   */
  public static Mapping named(Mapping mapping) {
    TargetNames names = new TargetNames();
    mapping.tables().forEach(t -> t.targets().forEach(target -> names.take(target.name())));
    Map<ColumnName, PgType> types = new HashMap<>();
    return new Mapping(
        mapping.tables().stream()
            .map(
                table ->
                    table.withTargets(
                        table.targets().stream().map(t -> named(t, names, types)).toList()))
            .toList());
  }

  private static TargetTable named(
      TargetTable target, TargetNames names, Map<ColumnName, PgType> types) {
    if (target.columns().stream().noneMatch(EnumTypes::isMade)) {
      return target;
    }
    List<ColumnMapping> columns = new ArrayList<>();
    for (ColumnMapping column : target.columns()) {
      columns.add(
          isMade(column)
              ? column.withType(
                  types.computeIfAbsent(
                      new ColumnName(target.name(), column.name()),
                      name -> type(target, column, names)))
              : column);
    }
    return target.withColumns(columns);
  }

  private static PgType type(TargetTable target, ColumnMapping column, TargetNames names) {
    // Parentheses and the like would be taken for modifiers where a type's text is read.
    String suffix = column.name().replaceAll("[^\\p{L}\\p{N}_$]", "_");
    String name = names.index(target.name(), suffix);
    return PgType.named(Identifiers.postgres(new TableName(target.name().schema(), name)));
  }

  /** The types that some of the mapping's tables need made. */
  public static Set<TableName> of(Mapping mapping, Set<TableName> tables) {
    return definitions(mapping).stream()
        .filter(statement -> tables.contains(statement.table()))
        .map(statement -> new TableName(statement.table().schema(), statement.name()))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Those of the types that are in the target. */
  public static Set<TableName> present(Connection connection, Collection<TableName> types)
      throws SQLException {
    Set<TableName> present = new LinkedHashSet<>();
    try (PreparedStatement query = connection.prepareStatement(TargetCatalogSql.types())) {
      query.setArray(
          1, connection.createArrayOf("text", types.stream().map(TableName::schema).toArray()));
      query.setArray(
          2, connection.createArrayOf("text", types.stream().map(TableName::table).toArray()));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          present.add(new TableName(rows.getString("schema"), rows.getString("type")));
        }
      }
    }
    return present;
  }

  static List<DdlStatement> definitions(Mapping mapping) {
    List<DdlStatement> statements = new ArrayList<>();
    for (Mapping.TargetPosition position : mapping.targets()) {
      TargetTable target = mapping.target(position);
      for (int i = 0; i < target.columns().size(); i++) {
        ColumnMapping column = target.columns().get(i);
        if (!target.existing() && isMade(column)) {
          TableName type = name(target, column);
          List<String> labels = labels(mapping, position, i);
          statements.add(
              new DdlStatement(
                  target.name(),
                  type.table(),
                  DdlSql.createEnum(type, labels),
                  DdlStatement.Kind.TYPE));
        }
      }
    }
    return statements;
  }

  /** The members in all tables that write a target, in order. */
  private static List<String> labels(Mapping mapping, Mapping.TargetPosition target, int column) {
    return mapping.writers(target).stream()
        .flatMap(
            writer ->
                mapping
                    .table(writer.table())
                    .sourceOf(mapping.target(writer).columns().get(column))
                    .stream())
        .flatMap(source -> source.members().stream())
        .distinct()
        .toList();
  }

  private static boolean isMade(ColumnMapping column) {
    return column.conversion().equals(Conversion.ENUM);
  }

  /** The name in a type that {@link #named} gave: its schema is the table's. */
  private static TableName name(TargetTable target, ColumnMapping column) {
    String schema = Identifiers.postgres(target.name().schema()) + ".";
    String quoted = column.type().ddl().substring(schema.length());
    return new TableName(
        target.name().schema(), quoted.substring(1, quoted.length() - 1).replace("\"\"", "\""));
  }
}

package dev.landfall.pipelines.prepare;

import dev.landfall.pipelines.spec.TypeChooser;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.choose.TypeMapper;
import dev.landfall.transforms.model.ColumnName;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.types.Conversion;
import dev.landfall.transforms.types.PgType;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Types as a target has them.
 *
 * @param mapper chooses where the spec names none
 * @param unknown why the target does not have some of the types that the spec names
 * @param asked is told of each column for which the spec names none
 * @param filled whether a column has no value that a rule for more than it makes NULL
 */
record MappedTypes(
    TypeMapper mapper,
    Map<String, String> unknown,
    Consumer<ColumnName> asked,
    Predicate<ColumnName> filled)
    implements TypeChooser {
  @Override
  public Chosen choose(SourceTable table, SourceColumn column) {
    asked.accept(new ColumnName(table.name(), column.name()));
    TypeMapper.Mapped mapped = mapper.map(table, column);
    return new Chosen(mapped.type(), mapped.conversion());
  }

  @Override
  public PgType parse(String type) {
    PgType parsed = PgType.parse(type);
    String why = unknown.get(parsed.ddl());
    if (why != null) {
      throw new MigrationException(
          MigrationException.Kind.USAGE,
          "the target has no type \"" + type + "\" for a column: " + why + ".");
    }
    return parsed;
  }

  @Override
  public boolean isFilled(SourceTable table, SourceColumn column) {
    return filled.test(new ColumnName(table.name(), column.name()));
  }

  @Override
  public Optional<Conversion> conversion(SourceColumn column, PgType type) {
    return column.type().fit(type).conversion();
  }

  @Override
  public Optional<String> misfit(SourceColumn column, PgType type) {
    return column.type().fit(type).misfit();
  }
}

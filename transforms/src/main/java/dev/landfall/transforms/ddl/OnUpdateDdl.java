package dev.landfall.transforms.ddl;

import dev.landfall.transforms.ddl.DdlStatement.Kind;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.SchemaObject;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.sql.OnUpdateSql;
import dev.landfall.transforms.types.PgTimestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Triggers for columns that are {@code ON UPDATE CURRENT_TIMESTAMP}, and their functions. */
final class OnUpdateDdl {
  private final ObjectTable objects;
  private final Map<String, DdlStatement> functions = new LinkedHashMap<>();
  private final List<DdlStatement> triggers = new ArrayList<>();

  OnUpdateDdl(ObjectTable objects) {
    this.objects = objects;
  }

  /** Adds the triggers of the tables that one source table becomes. */
  void add(TableMapping mapping) {
    for (TargetTable target : mapping.targets()) {
      if (!target.existing()) {
        int number = 0;
        for (ColumnMapping column : target.columns()) {
          Optional<SourceColumn> source =
              mapping.sourceOf(column).filter(SourceColumn::onUpdateNow);
          if (source.isPresent()) {
            add(mapping.source().name(), target, column, source.get(), ++number);
          }
        }
      }
    }
  }

  private void add(
      TableName table, TargetTable target, ColumnMapping column, SourceColumn source, int number) {
    if (!(column.type() instanceof PgTimestamp)) {
      objects.left(
          SchemaObject.Kind.COLUMN,
          table,
          source.name(),
          "is not set by an update, since it is " + column.type(),
          "ON UPDATE CURRENT_TIMESTAMP");
      return;
    }
    String schema = target.name().schema();
    functions.computeIfAbsent(
        schema,
        s ->
            new DdlStatement(
                target.name(), OnUpdateSql.FUNCTION, OnUpdateSql.createFunction(s), Kind.FUNCTION));
    int digits = source.fraction() == null ? 0 : source.fraction();
    // Triggers fire in the order of their names.
    String name = "landfall_on_update_" + "%03d".formatted(number);
    triggers.add(
        new DdlStatement(
            target.name(),
            name + "_a",
            OnUpdateSql.createMark(target.name(), name + "_a", column.name(), digits),
            Kind.TRIGGER));
    triggers.add(
        new DdlStatement(
            target.name(),
            name + "_b",
            OnUpdateSql.createSet(
                target.name(), name + "_b", column.name(), digits, ordinary(target)),
            Kind.TRIGGER));
    objects.converted(
        SchemaObject.Kind.COLUMN,
        table,
        source.name(),
        "ON UPDATE CURRENT_TIMESTAMP is done by a trigger");
  }

  private static @Nullable List<ColumnMapping> ordinary(TargetTable target) {
    List<ColumnMapping> ordinary = target.loaded();
    return ordinary.size() == target.columns().size() ? null : ordinary;
  }

  /** The functions, then the triggers table by table. */
  List<DdlStatement> statements() {
    List<DdlStatement> statements = new ArrayList<>(functions.values());
    statements.addAll(triggers);
    return statements;
  }
}

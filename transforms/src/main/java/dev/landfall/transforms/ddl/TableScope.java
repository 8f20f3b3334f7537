package dev.landfall.transforms.ddl;

import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.translate.Scope;
import java.util.Optional;

/** The columns of a target table, under the names that they have in its source table. */
final class TableScope implements Scope {
  private final TableMapping mapping;
  private final TargetTable target;

  TableScope(TableMapping mapping, TargetTable target) {
    this.mapping = mapping;
    this.target = target;
  }

  @Override
  public Optional<Column> column(String name) {
    return new MappedColumns(mapping, target)
        .of(name)
        .map(
            c ->
                new Column(
                    Identifiers.postgres(c.name()), c.type(), mapping.sourceOf(c).orElseThrow()));
  }

  @Override
  public String toString() {
    return target.name().toString();
  }
}

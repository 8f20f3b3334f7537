package dev.landfall.transforms.ddl;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import java.util.List;
import java.util.Optional;

/** Which columns of a target table the columns of its source table became. */
final class MappedColumns {
  private final TableMapping mapping;
  private final TargetTable target;

  MappedColumns(TableMapping mapping, TargetTable target) {
    this.mapping = mapping;
    this.target = target;
  }

  /** The first column made from that source column. */
  Optional<ColumnMapping> of(String sourceColumn) {
    return target.columns().stream()
        .filter(
            c ->
                mapping
                    .sourceOf(c)
                    .filter(s -> s.name().equalsIgnoreCase(sourceColumn))
                    .isPresent())
        .findFirst();
  }

  /** The columns made from those, in their order; empty when one of them is not there. */
  Optional<List<ColumnMapping>> of(List<String> sourceColumns) {
    List<ColumnMapping> columns =
        sourceColumns.stream().map(this::of).flatMap(Optional::stream).toList();
    return columns.size() == sourceColumns.size() ? Optional.of(columns) : Optional.empty();
  }
}

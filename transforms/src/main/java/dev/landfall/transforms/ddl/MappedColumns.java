package dev.landfall.transforms.ddl;

import dev.landfall.transforms.compute.Followed;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.model.ValueSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Which columns of a target table the columns of its source table became. */
final class MappedColumns {
  private final TableMapping mapping;
  private final TargetTable target;

  MappedColumns(TableMapping mapping, TargetTable target) {
    this.mapping = mapping;
    this.target = target;
  }

  /** The first column with the values of that source column. */
  Optional<ColumnMapping> of(String sourceColumn) {
    return first(sourceColumn, mapping::sourceOf);
  }

  /** The columns with the values of those, in their order; empty when one of them is not there. */
  Optional<List<ColumnMapping>> of(List<String> sourceColumns) {
    return all(sourceColumns, this::of);
  }

  /** The first column that stands in the place of that source column: with its values if any. */
  Optional<ColumnMapping> replacing(String sourceColumn) {
    return of(sourceColumn).or(() -> first(sourceColumn, mapping::replaced));
  }

  /** The columns that stand in the places of those; empty when one of them is not there. */
  Optional<List<ColumnMapping>> replacing(List<String> sourceColumns) {
    return all(sourceColumns, this::replacing);
  }

  /** The columns that a formula makes of those, in their order, as keys or to refer to keys. */
  List<ColumnMapping> madeOf(List<String> sourceColumns) {
    return target.columns().stream()
        .filter(
            column ->
                column.source() instanceof ValueSource.Computed computed
                    && computed.operators().stream().allMatch(o -> o instanceof Followed)
                    && isMadeOf(computed, sourceColumns))
        .toList();
  }

  private boolean isMadeOf(ValueSource.Computed computed, List<String> sourceColumns) {
    List<String> inputs =
        computed.positions().stream().map(p -> lower(mapping.read().get(p).name())).toList();
    return inputs.equals(sourceColumns.stream().map(MappedColumns::lower).toList());
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private Optional<ColumnMapping> first(
      String sourceColumn, Function<ColumnMapping, Optional<SourceColumn>> source) {
    return target.columns().stream()
        .filter(
            c -> source.apply(c).filter(s -> s.name().equalsIgnoreCase(sourceColumn)).isPresent())
        .findFirst();
  }

  private static Optional<List<ColumnMapping>> all(
      List<String> sourceColumns, Function<String, Optional<ColumnMapping>> one) {
    List<ColumnMapping> columns =
        sourceColumns.stream().map(one).flatMap(Optional::stream).toList();
    return columns.size() == sourceColumns.size() ? Optional.of(columns) : Optional.empty();
  }
}

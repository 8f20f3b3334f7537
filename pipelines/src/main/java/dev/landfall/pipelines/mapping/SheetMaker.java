package dev.landfall.pipelines.mapping;

import dev.landfall.pipelines.mapping.Sheet.Column;
import dev.landfall.pipelines.mapping.Sheet.Left;
import dev.landfall.pipelines.mapping.Sheet.Left.How;
import dev.landfall.pipelines.prepare.Prepared;
import dev.landfall.pipelines.spec.MappingText;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Writes a mapping's sheet. */
final class SheetMaker {
  private final Spec spec;
  private final Prepared prepared;
  private final Mapping mapping;
  private final List<TableName> sources;

  /**
   * A sheet of what was prepared.
   *
   * @param sources all tables that the source has
   */
  SheetMaker(Spec spec, Prepared prepared, List<TableName> sources) {
    this.spec = spec;
    this.prepared = prepared;
    this.mapping = prepared.mapping();
    this.sources = List.copyOf(sources);
  }

  Sheet sheet() {
    return new Sheet(
        spec.name(),
        spec.source().connection().display(),
        spec.target().connection().display(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        MappingText.fingerprint(prepared.fixed().mapping()),
        mapping.targets().stream().map(this::table).toList(),
        left());
  }

  private Sheet.Table table(TargetPosition position) {
    TargetTable target = mapping.target(position);
    return new Sheet.Table(
        target.name(),
        target.existing(),
        target.key(),
        mapping.writers(position).stream().map(this::writer).toList());
  }

  private Sheet.Writer writer(TargetPosition position) {
    TableMapping table = mapping.table(position.table());
    TargetTable target = mapping.target(position);
    List<Column> columns =
        target.columns().stream().map(c -> new SheetColumn(table, c).column()).toList();
    return new Sheet.Writer(table.source().name(), target.rows(table.read()), columns);
  }

  private List<Left> left() {
    List<Left> left = new ArrayList<>();
    for (TableMapping table : mapping.tables()) {
      table.left().forEach(column -> left.add(left(table, column)));
    }
    List<TableName> moved = mapping.tables().stream().map(t -> t.source().name()).toList();
    sources.stream()
        .filter(name -> !moved.contains(name))
        .map(name -> new Left(name, null, null, How.NOT_SELECTED, ""))
        .forEach(left::add);
    left.sort(Comparator.comparing(Left::table));
    return left;
  }

  private static Left left(TableMapping table, SourceColumn column) {
    String reason = table.omitted().get(column.name());
    int position = table.read().indexOf(column);
    boolean filters =
        table.targets().stream().anyMatch(t -> t.filter().positions().contains(position));
    How how = reason != null ? How.OMITTED : filters ? How.FILTERS : How.NOT_LISTED;
    return new Left(
        table.source().name(),
        column.name(),
        column.columnType(),
        how,
        reason == null ? "" : reason);
  }
}

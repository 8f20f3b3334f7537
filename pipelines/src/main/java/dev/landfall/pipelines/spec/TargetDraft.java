package dev.landfall.pipelines.spec;

import dev.landfall.pipelines.spec.ExpressionResolver.Resolved;
import dev.landfall.transforms.compute.Calculated;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Duplicates;
import dev.landfall.transforms.model.Each;
import dev.landfall.transforms.model.RowFilter;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A target before it is known at which position each source column is read.
 *
 * @param key names of the columns that tell its rows apart
 * @param where which rows go there, null for all
 * @param each what of a row becomes rows of it, null where the row does
 * @param apart the source column that is taken apart for that
 */
record TargetDraft(
    TableName name,
    List<TargetColumn> columns,
    List<String> key,
    @Nullable Duplicates duplicates,
    @Nullable Resolved where,
    @Nullable EachRule each,
    @Nullable SourceColumn apart) {
  /** The same, with the column that is taken apart for it. */
  TargetDraft takingApart(SourceColumn column) {
    return new TargetDraft(name, columns, key, duplicates, where, each, column);
  }

  /** The source columns that are read for it; some more than once. */
  Stream<SourceColumn> sources() {
    return Stream.concat(
        Stream.ofNullable(apart),
        Stream.concat(columns.stream(), where == null ? Stream.of() : where.inputs().stream())
            .flatMap(column -> column.sources().stream()));
  }

  /** The target, with the columns that are read in their order. */
  TargetTable at(List<SourceColumn> read) {
    List<ColumnMapping> mapped = columns.stream().map(c -> c.at(read)).toList();
    TargetTable all =
        new TargetTable(name, mapped, key, false).withDuplicates(duplicates).withEach(eachAt(read));
    return where == null
        ? all
        : all.withFilter(
            new RowFilter.Where(
                where.inputs().stream().map(input -> input.at(read)).toList(),
                new Calculated(where.expression())));
  }

  private @Nullable Each eachAt(List<SourceColumn> read) {
    return each == null || apart == null
        ? null
        : new Each(
            read.indexOf(apart),
            each.splitter(),
            read.indexOf(each.partColumn()),
            read.indexOf(each.numberColumn()));
  }
}

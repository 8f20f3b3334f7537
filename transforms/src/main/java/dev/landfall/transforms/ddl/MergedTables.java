package dev.landfall.transforms.ddl;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.model.SchemaObject.Kind;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceIndex;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.sql.ConstraintSql;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is defined of targets that several source tables write. Such a table is made once, as its
 * first writer has it, with its key from the beginning on, so that no two of the tables give the
 * same; and with those of the first writer's indexes that forbid nothing. What holds for the rows
 * of one need not hold for those of another, so there is nothing else.
 */
final class MergedTables {
  private final Mapping mapping;
  private final TargetNames names;
  private final ObjectTable objects;
  private final Map<TableName, TargetPosition> merged = new HashMap<>();

  MergedTables(Mapping mapping, TargetNames names, ObjectTable objects) {
    this.mapping = mapping;
    this.names = names;
    this.objects = objects;
    mapping.targets().stream()
        .filter(target -> mapping.isMerged(target) && !mapping.target(target).existing())
        .forEach(target -> merged.put(mapping.target(target).name(), target));
  }

  /** Whether several write a target that is to be made. */
  boolean isMerged(TargetTable target) {
    return merged.containsKey(target.name());
  }

  /** Whether a target of that source table is made as that one has it. */
  boolean isMade(int table, TargetTable target) {
    return !target.existing() && mapping.writtenBy(table).contains(own(table, target));
  }

  private TargetPosition own(int table, TargetTable target) {
    return new TargetPosition(table, mapping.table(table).targets().indexOf(target));
  }

  /** The table with those of its targets that only it writes; empty where there are none. */
  Optional<TableMapping> alone(int table) {
    TableMapping whole = mapping.table(table);
    return some(whole, whole.targets().stream().filter(t -> !isMerged(t)).toList());
  }

  /** The table with those of its targets that are made as it has them. */
  Optional<TableMapping> made(int table) {
    TableMapping whole = mapping.table(table);
    return some(whole, whole.targets().stream().filter(t -> isMade(table, t)).toList());
  }

  /** The table with the indexes that forbid nothing, and those targets that others write too. */
  Optional<TableMapping> indexed(int table) {
    TableMapping whole = mapping.table(table);
    SourceTable source =
        whole
            .source()
            .withIndexes(whole.source().indexes().stream().filter(i -> !i.unique()).toList());
    return some(
        new TableMapping(source, whole.read(), whole.targets(), whole.omitted()),
        whole.targets().stream().filter(t -> isMerged(t) && isMade(table, t)).toList());
  }

  private static Optional<TableMapping> some(TableMapping whole, List<TargetTable> targets) {
    return targets.isEmpty() ? Optional.empty() : Optional.of(whole.withTargets(targets));
  }

  /** The key of a target that several write, made before the first row. */
  Optional<DdlStatement> key(TargetTable target) {
    if (!isMerged(target) || target.key().isEmpty()) {
      return Optional.empty();
    }
    String name = names.index(target.name(), "pkey");
    return Optional.of(
        new DdlStatement(
            target.name(),
            name,
            ConstraintSql.addPrimaryKey(target.name(), name, target.key()),
            DdlStatement.Kind.PRIMARY_KEY));
  }

  /** The number that comes next in a column that the server numbers, by all who write it. */
  @Nullable BigInteger next(int table, TargetTable target, ColumnMapping column) {
    int place = target.columns().indexOf(column);
    return mapping.writers(own(table, target)).stream()
        .filter(
            writer ->
                mapping
                    .table(writer.table())
                    .sourceOf(mapping.target(writer).columns().get(place))
                    .filter(SourceColumn::autoIncrement)
                    .isPresent())
        .flatMap(
            writer -> Stream.ofNullable(mapping.table(writer.table()).source().nextAutoIncrement()))
        .max(BigInteger::compareTo)
        .orElse(null);
  }

  /** Says what does not become anything since others write the same targets. */
  void note() {
    IntStream.range(0, mapping.tables().size())
        .filter(table -> alone(table).isEmpty())
        .forEach(this::note);
  }

  private void note(int table) {
    SourceTable source = mapping.table(table).source();
    TargetTable target = mapping.table(table).targets().get(0);
    boolean first = isMade(table, target);
    for (SourceIndex index : source.indexes()) {
      if (index.primary()) {
        objects.converted(
            Kind.PRIMARY_KEY,
            source.name(),
            index.name(),
            "is that of " + target.name() + ": (" + String.join(", ", target.key()) + ")");
      } else if (index.unique() || !first) {
        objects.left(
            ObjectTable.kind(index), source.name(), index.name(), why(target), index.declared());
      }
    }
    source
        .foreignKeys()
        .forEach(
            key ->
                objects.left(
                    Kind.FOREIGN_KEY,
                    source.name(),
                    key.name(),
                    why(target),
                    ForeignKeyDdl.text(key)));
    source
        .checks()
        .forEach(
            check ->
                objects.left(
                    Kind.CHECK, source.name(), check.name(), why(target), CheckDdl.text(check)));
  }

  /** Why something that one of a target's writers has is not made. */
  static String why(TargetTable target) {
    return "several tables become " + target.name() + ", and it need not hold for all";
  }
}

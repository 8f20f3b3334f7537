package dev.landfall.transforms.model;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one source table becomes one or more target tables. A row of the source gives a row in each
 * target whose filter lets it pass.
 *
 * @param source the table
 * @param read the source columns that are read, in the order in which batches carry them: the key's
 *     columns always, generated columns like all others
 * @param targets at least one
 * @param omitted the source columns that somebody wants to stay behind, by name, each with why;
 *     empty where nobody said
 */
public record TableMapping(
    SourceTable source,
    List<SourceColumn> read,
    List<TargetTable> targets,
    Map<String, String> omitted)
    implements Serializable {
  /** A mapping of which nobody said that a column stays behind. */
  public TableMapping(SourceTable source, List<SourceColumn> read, List<TargetTable> targets) {
    this(source, read, targets, Map.of());
  }

  public TableMapping {
    omitted = Map.copyOf(omitted);
    List<SourceColumn> columns = List.copyOf(read);
    read = columns;
    targets = List.copyOf(targets);
    if (targets.isEmpty()) {
      throw new IllegalArgumentException(source.name() + " is mapped to no table");
    }
    for (TargetTable target : targets) {
      Each each = target.each();
      if (each != null && each.column() >= columns.size()) {
        throw new IllegalArgumentException(target.name() + ": " + each);
      }
      if (target.filter().positions().stream().anyMatch(p -> p >= columns.size())) {
        throw new IllegalArgumentException(target.name() + ": " + target.filter());
      }
      for (ColumnMapping column : target.columns()) {
        if (column.source().positions().stream().anyMatch(p -> p >= columns.size())) {
          throw new IllegalArgumentException(target.name() + "." + column.name());
        }
      }
    }
  }

  /** The same with other targets. */
  public TableMapping withTargets(List<TargetTable> others) {
    return new TableMapping(source, read, others, omitted);
  }

  /** The source's columns that nothing is made of, in the table's order. */
  public List<SourceColumn> left() {
    return source.columns().stream()
        .filter(
            column -> {
              int position = read.indexOf(column);
              return targets.stream()
                  .flatMap(t -> t.columns().stream())
                  .noneMatch(c -> c.reads(position));
            })
        .toList();
  }

  /** The source's column whose values a target's has, converted; empty for a constant. */
  public Optional<SourceColumn> sourceOf(ColumnMapping column) {
    return column.source() instanceof ValueSource.Column one
        ? Optional.of(read.get(one.position()))
        : Optional.empty();
  }

  /**
   * The source's column in whose place a target's stands, so that what is defined on the one is
   * defined on the other: the one whose values it has, or the only one of which they are made.
   */
  public Optional<SourceColumn> replaced(ColumnMapping column) {
    List<Integer> positions = column.source().positions();
    return positions.size() == 1 ? Optional.of(read.get(positions.get(0))) : Optional.empty();
  }

  /**
   * Whether the column at a position of {@link #read()} is read as the bytes that the source
   * stores, whatever its character set: where a rule makes a text bytea.
   */
  public boolean readsStoredBytes(int position) {
    return targets.stream()
        .flatMap(t -> t.columns().stream())
        .anyMatch(c -> c.reads(position) && c.takesStoredBytes());
  }

  /** Whether the targets have of a column's values only what hides them. */
  public boolean hides(int position) {
    List<ValueSource> uses =
        targets.stream()
            .flatMap(target -> target.columns().stream())
            .map(ColumnMapping::source)
            .filter(source -> source.positions().contains(position))
            .toList();
    return !uses.isEmpty() && uses.stream().allMatch(ValueSource::hides);
  }

  /** Positions of the source's key columns in {@link #read()}; empty without a key. */
  public int[] keyPositions() {
    List<String> names = read.stream().map(SourceColumn::name).toList();
    return source.key().stream().mapToInt(names::indexOf).toArray();
  }
}

package dev.landfall.transforms.schema;

import java.io.Serializable;
import java.util.List;

/**
 * All tables of a migration. A table is known by its position here in chunks and batches, so the
 * order is part of what a resumed run has to find again: it is that of the source's names.
 *
 * @param tables ordered by source name
 */
public record Mapping(List<TableMapping> tables) implements Serializable {
  public Mapping {
    tables = List.copyOf(tables);
  }

  /**
   * A target table by the positions of its source table and of itself within that one's targets.
   */
  public record TargetPosition(int table, int target) implements Serializable {}

  /** All target tables, in the order of their source tables. */
  public List<TargetPosition> targets() {
    return java.util.stream.IntStream.range(0, tables.size())
        .boxed()
        .flatMap(
            t ->
                java.util.stream.IntStream.range(0, tables.get(t).targets().size())
                    .mapToObj(i -> new TargetPosition(t, i)))
        .toList();
  }

  /** The target table at those positions. */
  public TargetTable target(TargetPosition position) {
    return tables.get(position.table()).targets().get(position.target());
  }

  /** The mapping of the table at that position. */
  public TableMapping table(int position) {
    return tables.get(position);
  }
}

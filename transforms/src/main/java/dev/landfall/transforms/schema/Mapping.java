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

  /** The mapping of the table at that position. */
  public TableMapping table(int position) {
    return tables.get(position);
  }
}

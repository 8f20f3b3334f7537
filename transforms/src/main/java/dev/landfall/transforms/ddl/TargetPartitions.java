package dev.landfall.transforms.ddl;

import java.util.List;

/**
 * How a target table is partitioned.
 *
 * @param by what stands behind {@code PARTITION BY}
 * @param parts the partitions
 * @param notes what is otherwise than in the source
 */
record TargetPartitions(String by, List<Part> parts, List<String> notes) {
  /**
   * A partition.
   *
   * @param name what the source calls it
   * @param values what stands behind {@code FOR VALUES}
   */
  record Part(String name, String values) {}

  TargetPartitions {
    parts = List.copyOf(parts);
    notes = List.copyOf(notes);
  }
}

package dev.landfall.pipelines.proof;

import dev.landfall.transforms.types.fault.Fault;
import java.util.List;

/**
 * A change to be made to some row.
 *
 * @param kind what is done
 * @param name in the words of a report
 * @param columns positions of the columns that are changed; none for a whole row
 * @param faults what is done to the one column's value: the one, or for {@link Kind#EXTRA} the
 *     first that makes another key
 */
record Seed(Kind kind, String name, List<Integer> columns, List<Fault> faults) {
  /** What can be done to a row. */
  enum Kind {
    /** One value becomes another. */
    VALUE,
    /** The values of two columns are swapped. */
    SWAP,
    /** The row is gone. */
    MISSING,
    /** The row is there with another key as well. */
    EXTRA,
    /** The row is there twice. */
    DOUBLED,
    /** The last of two equal rows is gone. */
    LOST
  }

  Seed {
    columns = List.copyOf(columns);
    faults = List.copyOf(faults);
  }
}

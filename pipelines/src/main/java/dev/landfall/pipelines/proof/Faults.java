package dev.landfall.pipelines.proof;

import dev.landfall.transforms.types.PgText;
import dev.landfall.transforms.types.fault.Fault;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The faults that a column's type can express. */
final class Faults {
  private Faults() {}

  /**
   * All faults of single values of a column.
   *
   * @param another a value that some row has, null for none
   */
  static List<Fault> of(ScratchColumn column, @Nullable String another) {
    List<Fault> faults = new ArrayList<>(column.pgType().faults(column.labels()));
    if (column.nullable()) {
      faults.add(Fault.toNull("NULL for a value", text -> true));
      String value = another == null ? column.pgType().neutral(column.labels()) : another;
      if (value != null) {
        faults.add(Fault.fromNull("a value for NULL", value));
      }
      if (column.pgType() instanceof PgText) {
        faults.add(Fault.fromNull("empty for NULL", ""));
      }
    }
    return faults;
  }
}

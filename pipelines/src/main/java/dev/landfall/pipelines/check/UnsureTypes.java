package dev.landfall.pipelines.check;

import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.model.ValueSource.Computed;
import dev.landfall.transforms.types.PgText;
import java.util.List;

/** A text that is made may be none of the type that the column has; each row tells. */
final class UnsureTypes implements Check<Mapped> {
  @Override
  public List<CheckResult> look(Mapped at) {
    return at.each(this, UnsureTypes::look);
  }

  private static void look(TableMapping table, TargetTable target, Mapped.Found found) {
    for (ColumnMapping column : target.columns()) {
      if (column.source() instanceof Computed computed && fails(computed, column)) {
        found.warning(
            "COLUMN",
            target.name(),
            column.name(),
            computed.words(table.read())
                + " gives "
                + computed.type()
                + ", which becomes "
                + column.type()
                + " row by row: one whose value is none becomes a reject",
            "see with `landfall mapping preview` what the values are, or let the column be "
                + computed.type());
      }
    }
  }

  /** A text of any length may be longer than the column too. */
  private static boolean fails(Computed computed, ColumnMapping column) {
    if (!(column.type() instanceof PgText text)) {
      return !computed.type().equals(column.type());
    }
    return text.length() != null && !computed.type().equals(column.type());
  }
}

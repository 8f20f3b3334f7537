package dev.landfall.transforms.ddl;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Policy.Outcome;
import dev.landfall.transforms.model.SourceColumn;
import java.util.Optional;

/** What rules change of a column's definition. */
final class RuleNotes {
  private RuleNotes() {}

  /** The note on a column that is another because of its rules. */
  static Optional<String> of(SourceColumn source, ColumnMapping column) {
    if (column.takesStoredBytes()) {
      return Optional.of(
          "holds the source's bytes in "
              + source.characterSet()
              + ", as its rules "
              + column.rules().written()
              + " say");
    }
    boolean makesNull =
        column.rules().policies().values().stream().anyMatch(p -> p.outcome() == Outcome.NULL);
    return makesNull && column.nullable() && !source.nullable()
        ? Optional.of(
            "takes NULL, as its rules "
                + column.rules().written()
                + " need; the source's is NOT NULL")
        : Optional.empty();
  }
}
